package dev.hearth.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// The gates of the house style that a machine can hold: sizes, names, and documentation of what is
/// public.
class HouseStyleTest {

    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_METHOD_LINES = 40;
    private static final int MAX_PARAMETERS = 6;
    private static final Pattern FORBIDDEN_NAME =
            Pattern.compile(
                    ".*(Service|Manager|Helper|Util|Utils|Impl|Data|Info|Processor|Base)"
                            + "|Abstract.*");

    @Test
    void theHouseKeepsItsStyle() throws IOException {
        var findings = new ArrayList<String>();
        var files = sources();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        var task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                manager,
                                null,
                                List.of("-proc:none"),
                                null,
                                manager.getJavaFileObjectsFromPaths(files));
        var trees = Trees.instance(task);
        for (var unit : task.parse()) {
            new Gate(unit, trees, findings).scan(unit, null);
        }
        assertEquals(List.of(), findings);
    }

    @Test
    void noFileIsLong() throws IOException {
        var tooLong = new ArrayList<String>();
        for (var folder : List.of("src/main/java", "src/test/java")) {
            for (var file : sources(folder)) {
                int lines = Files.readAllLines(file).size();
                if (lines > MAX_FILE_LINES) {
                    tooLong.add(file + " has " + lines + " lines");
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void everyPackageIsDocumented() throws IOException {
        var missing = new ArrayList<String>();
        for (var file : sources()) {
            var folder = file.resolveSibling("package-info.java");
            if (!file.endsWith("module-info.java") && !Files.exists(folder)) {
                missing.add(folder.toString());
            }
        }
        assertEquals(List.of(), missing.stream().distinct().toList());
    }

    @Test
    void oneVersionOfTheSpecificationIsCited() throws IOException {
        var wrong = new ArrayList<String>();
        for (var file : sources()) {
            for (var line : Files.readAllLines(file)) {
                if (line.contains("//spec.matrix.org/") && !line.contains("org/v1.19/")) {
                    wrong.add(file + ": " + line.strip());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static List<Path> sources() throws IOException {
        return sources("src/main/java");
    }

    private static List<Path> sources(String folder) throws IOException {
        try (var walk = Files.walk(Path.of(folder))) {
            return walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    private static final class Gate extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> findings;

        Gate(CompilationUnitTree unit, Trees trees, List<String> findings) {
            this.unit = unit;
            this.trees = trees;
            this.findings = findings;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            var name = tree.getSimpleName().toString();
            if (FORBIDDEN_NAME.matcher(name).matches() && !name.equals("AccountData")) {
                find(tree, "the name " + name);
            }
            if (tree.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && trees.getDocComment(getCurrentPath()) == null) {
                find(tree, name + " is public and has no documentation");
            }
            return super.visitClass(tree, nothing);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            long length = line(tree, true) - line(tree, false) + 1;
            if (length > MAX_METHOD_LINES && tree.getBody() != null) {
                find(tree, tree.getName() + " has " + length + " lines");
            }
            boolean constructor = tree.getReturnType() == null;
            if (tree.getParameters().size() > MAX_PARAMETERS && !constructor) {
                find(tree, tree.getName() + " has " + tree.getParameters().size() + " parameters");
            }
            return super.visitMethod(tree, nothing);
        }

        private void find(Tree tree, String what) {
            findings.add(unit.getSourceFile().getName() + ":" + line(tree, false) + ": " + what);
        }

        private long line(Tree tree, boolean end) {
            var positions = trees.getSourcePositions();
            long position =
                    end
                            ? positions.getEndPosition(unit, tree)
                            : positions.getStartPosition(unit, tree);
            return unit.getLineMap().getLineNumber(Math.max(0, position));
        }
    }
}
