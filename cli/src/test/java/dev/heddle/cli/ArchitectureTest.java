package dev.heddle.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.heddle.http.planted.Request;
import dev.heddle.sql.planted.AbstractQueryManager;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The arrows of `docs/design.md` between packages, which the module system alone does not draw as
/// finely, and the habits that the compiler does not know of.
///
/// This module sees all others, so the test lives here. A rule that finds nothing to look at would
/// pass for ever: therefore every package of the table must have been seen, every class must belong
/// to one, and each rule is shown to fail on classes planted for it.
class ArchitectureTest {

    private static final String CORE = "dev.heddle";
    private static final String SYNC = "dev.heddle.sync";
    private static final String NET = "dev.heddle.net";
    private static final String FILE = "dev.heddle.file";
    private static final String HTTP = "dev.heddle.http";
    private static final String WEB = "dev.heddle.web";
    private static final String SQL = "dev.heddle.sql";
    private static final String EXAMPLES = "dev.heddle.examples";
    private static final String CLI = "dev.heddle.cli";

    /// What each package may use of the others. A new package is a new row, and a decision.
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    entry(CORE, Set.of()),
                    entry(SYNC, Set.of(CORE)),
                    entry(NET, Set.of(SYNC, CORE)),
                    entry(FILE, Set.of(SYNC, CORE)),
                    entry(HTTP, Set.of(NET, FILE, SYNC, CORE)),
                    entry(WEB, Set.of(HTTP, NET, FILE, SYNC, CORE)),
                    entry(SQL, Set.of(NET, FILE, SYNC, CORE)),
                    entry(EXAMPLES, Set.of(WEB, SQL, HTTP, NET, FILE, SYNC, CORE)),
                    entry(CLI, Set.of(EXAMPLES, WEB, SQL, HTTP, NET, FILE, SYNC, CORE)));

    /// Programs, which may talk to whoever started them.
    private static final Set<String> PROGRAMS = Set.of(EXAMPLES, CLI);

    private static final Pattern SAYS_NOTHING =
            Pattern.compile("Abstract.*|.*Utils?|.*Impl|.*Manager|.*Helper");

    private static final JavaClasses HEDDLE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.heddle");

    private static final JavaClasses PLANTED =
            new ClassFileImporter().importClasses(AbstractQueryManager.class, Request.class);

    static Stream<ArchRule> rules() {
        return Stream.of(
                classes().that(areOurs()).should(belongToTheTable()),
                classes().that(areOurs()).should(followTheArrows()),
                slices().matching("dev.(**)").should().beFreeOfCycles(),
                classes()
                        .that(resideIn(Set.of(CORE, NET, FILE)))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "javax.net.ssl..",
                                "sun.misc..",
                                "org.jspecify..",
                                "dev.heddle..")
                        .as("core and io stand on the JDK alone"),
                classes().that(areOurs()).should(haveANameThatSaysWhatTheyDo()),
                noClasses()
                        .that(resideIn(PROGRAMS).negate())
                        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                        .orShould()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.lang.IO")
                        .as("a library does not print"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(HEDDLE);
    }

    @Test
    void everyPackageOfTheTableWasLookedAt() {
        assertThat(HEDDLE.stream().map(type -> row(type).orElseThrow()).distinct())
                .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }

    @Test
    void aForbiddenArrowIsFound() {
        assertFinds(classes().should(followTheArrows()), "AbstractQueryManager", "dev.heddle.http");
    }

    @Test
    void aCycleIsFound() {
        assertFinds(
                slices().matching("dev.(**)").should().beFreeOfCycles(),
                "Slice heddle.http.planted",
                "Slice heddle.sql.planted");
    }

    @Test
    void aNameThatSaysNothingIsFound() {
        assertFinds(classes().should(haveANameThatSaysWhatTheyDo()), "AbstractQueryManager");
    }

    @Test
    void aPackageThatNoRowKnowsIsFound() {
        var strangers = new ClassFileImporter().importClasses(Pattern.class);
        assertThatThrownBy(() -> classes().should(belongToTheTable()).check(strangers))
                .hasMessageContaining("java.util.regex");
    }

    @Test
    void aLibraryThatPrintsIsFound() {
        assertFinds(
                noClasses()
                        .that(resideIn(PROGRAMS).negate())
                        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS),
                "System.out",
                "printStackTrace");
    }

    private static void assertFinds(ArchRule rule, String... traces) {
        assertThatThrownBy(() -> rule.check(PLANTED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(traces);
    }

    /// The row for `type`: its own package or, for a package below one of the table, that one. The
    /// core has no packages below it, or any unknown package would count as core.
    private static Optional<String> row(JavaClass type) {
        String name = type.getPackageName();
        return ARROWS.keySet().stream()
                .filter(known ->
                        name.equals(known) || !known.equals(CORE) && name.startsWith(known + "."))
                .findFirst();
    }

    private static DescribedPredicate<JavaClass> areOurs() {
        return DescribedPredicate.describe(
                "are Heddle's", type -> type.getPackageName().startsWith(CORE));
    }

    private static DescribedPredicate<JavaClass> resideIn(Set<String> rows) {
        return DescribedPredicate.describe(
                "reside in " + rows, type -> row(type).filter(rows::contains).isPresent());
    }

    private static ArchCondition<JavaClass> belongToTheTable() {
        return new ArchCondition<>("belong to a row of the table of arrows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (row(type).isEmpty()) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type,
                                    "package %s has no row in ArchitectureTest.ARROWS: add one, with what it may use"
                                            .formatted(type.getPackageName())));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> followTheArrows() {
        return new ArchCondition<>("follow the arrows between packages") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var from = row(type);
                for (var dependency : type.getDirectDependenciesFromSelf()) {
                    var to = row(dependency.getTargetClass());
                    if (from.isPresent()
                            && to.isPresent()
                            && !from.equals(to)
                            && !ARROWS.get(from.get()).contains(to.get())) {
                        events.add(
                                SimpleConditionEvent.violated(
                                        dependency,
                                        "%s must not use %s: %s"
                                                .formatted(
                                                        from.get(),
                                                        to.get(),
                                                        dependency.getDescription())));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveANameThatSaysWhatTheyDo() {
        return new ArchCondition<>("have a name that says what they do") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (SAYS_NOTHING.matcher(type.getSimpleName()).matches()) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type,
                                    "%s: name the difference, not the role (%s)"
                                            .formatted(type.getName(), SAYS_NOTHING)));
                }
            }
        };
    }
}
