package dev.hearth.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The arrows of the house point down, and what is for one place stays there.
class ArchitectureTest {

    private static final String[] PURE = {
        "..json..",
        "..identifier..",
        "..error..",
        "..roomversion..",
        "..signing..",
        "..event..",
        "..authorization..",
        "..stateresolution.."
    };

    /// From the lowest to the highest; a package may see those of its own floor and below.
    private static final List<List<String>> FLOORS =
            List.of(
                    List.of("json"),
                    List.of("identifier", "error", "roomversion"),
                    List.of("signing"),
                    List.of("event"),
                    List.of("authorization"),
                    List.of("stateresolution"),
                    List.of("http", "outgoing", "storage", "concurrent", "configuration"),
                    List.of("account", "profile", "accountdata", "todevice", "voip"),
                    List.of("room"),
                    List.of(
                            "keys",
                            "typing",
                            "receipt",
                            "subscription",
                            "notification",
                            "presence",
                            "delayed",
                            "sticky",
                            "report",
                            "notice"),
                    List.of("push", "sync", "search"));

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    @Test
    void arrowsPointDown() {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            var above =
                    FLOORS.subList(floor + 1, FLOORS.size()).stream()
                            .flatMap(List::stream)
                            .map(name -> "dev.hearth." + name + "..")
                            .toArray(String[]::new);
            for (var name : FLOORS.get(floor)) {
                if (above.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage("dev.hearth." + name + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(above)
                            .allowEmptyShould(true)
                            .check(house);
                }
            }
        }
    }

    @Test
    void everyPackageHasItsFloor() {
        var known =
                FLOORS.stream()
                        .flatMap(List::stream)
                        .map(name -> "dev.hearth." + name + "..")
                        .toArray(String[]::new);
        classes()
                .should()
                .resideInAnyPackage(known)
                .orShould()
                .resideInAPackage("dev.hearth")
                .check(house);
    }

    @Test
    void noPackageKnowsItselfInACircle() {
        slices().matching("dev.hearth.(*)..").should().beFreeOfCycles().check(house);
    }

    @Test
    void thePureCoreTouchesNeitherDiskNorClockNorThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(house);
    }

    @Test
    void someThingsHaveOnePlace() {
        var onlyIn =
                Map.of(
                        "com.fasterxml.jackson..", "dev.hearth.json..",
                        "java.sql..", "dev.hearth.storage..",
                        "org.h2..", "dev.hearth.storage..",
                        "com.sun.net.httpserver..", "dev.hearth.http..",
                        "java.util.concurrent.locks..", "dev.hearth.concurrent..");
        onlyIn.forEach((what, where) ->
                noClasses()
                        .that()
                        .resideOutsideOfPackages(where, "dev.hearth.storage..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(what)
                        .check(house));
    }

    @Test
    void timeAndChanceComeInByConstructor() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.hearth.Main")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .orShould()
                .callConstructor(java.util.Random.class)
                .check(house);
    }

    /// What requests leave away may be null in them; in an event a null was said.
    @Test
    void eventsAreReadWithTheirNulls() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .resideOutsideOfPackage("dev.hearth.json..")
                .should()
                .callMethodWhere(calls("reads null as nothing", "JsonObject", "find[A-Z].*"))
                .check(house);
    }

    @Test
    void roomVersionsHaveNoOrder() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hearth.roomversion..")
                .should()
                .callMethodWhere(calls("orders room versions", "RoomVersion", "ordinal|compareTo"))
                .check(house);
    }

    private static DescribedPredicate<JavaMethodCall> calls(
            String what, String type, String methods) {
        return new DescribedPredicate<>(what) {
            @Override
            public boolean test(JavaMethodCall call) {
                return call.getTargetOwner().getSimpleName().equals(type)
                        && call.getName().matches(methods);
            }
        };
    }
}
