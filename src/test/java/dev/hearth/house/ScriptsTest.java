package dev.hearth.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the scripts find, install or ask for what they need, on a machine that is made up: its PATH
/// holds only what a test puts there.
class ScriptsTest {

    private static final List<String> USUAL =
            List.of("env", "dirname", "readlink", "sed", "head", "grep", "cat", "chmod");

    @TempDir private Path machine;

    private Path bin = Path.of("");

    private record Result(int status, String said) {}

    @BeforeEach
    void makeMachine() throws IOException {
        bin = Files.createDirectory(machine.resolve("bin"));
        for (var command : USUAL) {
            command(command, "exec " + where(command) + " \"$@\"");
        }
        command("id", "echo 0");
    }

    private static Path where(String command) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, command))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private void command(String name, String script) throws IOException {
        executable(bin.resolve(name), script);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String java(int version) {
        return "echo 'openjdk version \"" + version + ".0.1\" 2026-01-01' >&2";
    }

    private Path jdk(String name, int version) throws IOException {
        var home = machine.resolve("jvm").resolve(name);
        executable(home.resolve("bin/java"), java(version));
        executable(home.resolve("bin/javac"), java(version));
        return home;
    }

    private Result run(String what) throws IOException, InterruptedException {
        var toolchain = Path.of("scripts/toolchain.sh").toAbsolutePath();
        var builder =
                new ProcessBuilder(where("bash").toString(), "-euc", ". " + toolchain + "; " + what)
                        .redirectErrorStream(true);
        var environment = builder.environment();
        environment.clear();
        environment.put("PATH", bin.toString());
        environment.put("HEARTH_JAVA_FOLDERS", machine.resolve("jvm") + "/*");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Result(process.exitValue(), said.replace(machine.toString(), ""));
    }

    /// A package manager that knows a package after an update, and then puts something somewhere.
    private void apt(String known, String installed) throws IOException {
        command("apt-cache", "[ -f " + machine + "/updated ] && [ \"$2\" = " + known + " ]");
        command(
                "apt-get",
                "echo \"apt-get $*\"; if [ \"$1\" = update ]; then : > "
                        + machine
                        + "/updated; else "
                        + installed
                        + "; fi");
    }

    @Test
    void aJdkInTheUsualFoldersIsFoundThoughTheDefaultIsOlder() throws Exception {
        command("java", java(17));
        jdk("java-21", 21);
        jdk("java-25", 25);
        var result = run("need_java javac; echo $JAVA_HOME");
        assertEquals(new Result(0, "/jvm/java-25\n"), result);
    }

    @Test
    void aJreIsEnoughToRun() throws Exception {
        executable(machine.resolve("jvm/jre/bin/java"), java(26));
        assertEquals(new Result(0, "/jvm/jre\n"), run("need_java java; echo $JAVA_HOME"));
        assertEquals(1, run("need_java javac").status());
    }

    @Test
    void whatTheSystemKnowsIsInstalledAfterSayingSo() throws Exception {
        var home = machine.resolve("jvm/java-25-openjdk");
        apt(
                "openjdk-25-jdk-headless",
                "/bin/mkdir -p "
                        + home
                        + "/bin; for tool in java javac; do"
                        + " printf '#!/bin/bash\\n%s\\n' "
                        + quoted(java(25))
                        + " > "
                        + home
                        + "/bin/$tool; chmod +x "
                        + home
                        + "/bin/$tool; done");
        var result = run("need_java javac; echo $JAVA_HOME");
        assertEquals(0, result.status(), result.said());
        assertTrue(result.said().contains("Installing openjdk-25-jdk-headless ..."));
        assertTrue(result.said().contains("apt-get install -y"));
        assertTrue(result.said().endsWith("/jvm/java-25-openjdk\n"), result.said());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    @Test
    void whatTheSystemDoesNotKnowIsNamedWithWhereToGetIt() throws Exception {
        apt("something-else", "exit 9");
        var result = run("need_java java");
        assertEquals(1, result.status());
        assertTrue(result.said().contains("https://adoptium.net"), result.said());
        assertFalse(result.said().contains("Installing"), result.said());
    }

    @Test
    void whoMayNotInstallIsNotAsked() throws Exception {
        apt("maven", "exit 9");
        command("id", "echo 1000");
        var result = run("need_maven");
        assertEquals(1, result.status());
        assertFalse(result.said().contains("apt-get"), result.said());
        assertTrue(result.said().contains("https://maven.apache.org"), result.said());
    }

    @Test
    void whoMayBySudoInstallsByIt() throws Exception {
        apt("maven", "printf '#!/bin/bash\\n' > " + bin + "/mvn; chmod +x " + bin + "/mvn");
        command("id", "echo 1000");
        command("sudo", "echo \"sudo $1\"; \"$@\"");
        var result = run("need_maven");
        assertEquals(0, result.status(), result.said());
        assertTrue(result.said().contains("sudo apt-get"), result.said());
        assertTrue(result.said().contains("Installing maven"), result.said());
    }

    @Test
    void withoutPackageManagerOneSentenceSaysWhatToDo() throws Exception {
        var result = run("need_java java");
        assertEquals(1, result.status());
        assertEquals(1, result.said().lines().count(), result.said());
        assertTrue(result.said().startsWith("Hearth needs Java 25"), result.said());
    }
}
