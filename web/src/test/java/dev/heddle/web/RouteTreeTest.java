package dev.heddle.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.http.Handler;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTreeTest {
    private static final Handler NOBODY =
            request -> {
                throw new AssertionError("not to be called");
            };

    private static Route route(@Nullable String method, String template) {
        return new Route(method, PathTemplate.parse(template), NOBODY);
    }

    private static RouteTree tree(String... templates) {
        RouteTree tree = new RouteTree();
        for (String template : templates) {
            tree.add(route("GET", template));
        }
        return tree;
    }

    private static @Nullable String found(RouteTree tree, String method, String path) {
        RouteTree.Match match = tree.find(method, path);
        return match == null ? null : match.route().toString();
    }

    @ParameterizedTest
    @CsvSource({
        "/, GET /",
        "/a, GET /a",
        "/a/, GET /a/",
        "/x, GET /{x}",
        "/a/b, GET /a/b",
        "/a/x, GET /a/{x}",
        "/x/b, GET /{y}/b",
        "/a/b/c, GET /a/{x}/c",
        "/a/x/c, GET /a/{x}/c",
        "/a/b/d, GET /{y...}",
        "/s/, GET /s/{path...}",
        "/s/one, GET /s/{path...}",
        "/s/one/two/, GET /s/{path...}",
        "/s, GET /{x}",
        "//b, GET /{y...}",
    })
    void theMostLiteralTemplateWinsFromLeftToRight(String path, String expected) {
        RouteTree tree =
                tree("/{y...}", "/{y}/b", "/a/{x}/c", "/a/{x}", "/a/b", "/{x}", "/a/", "/a", "/");
        tree.add(route("GET", "/s/{path...}"));
        assertThat(found(tree, "GET", path)).isEqualTo(expected);
    }

    @Test
    void parametersTakeTheirSegments() {
        RouteTree.Match match = tree("/a/{x}/{rest...}").find("GET", "/a/1/2/3");
        assertThat(match).isNotNull();
        PathParameters parameters = new PathParameters(match.route().template(), match.segments());
        assertThat(parameters.text("x")).isEqualTo("1");
        assertThat(parameters.number("x")).isEqualTo(1);
        assertThat(parameters.text("rest")).isEqualTo("2/3");
        assertThat(parameters.segments("rest")).containsExactly("2", "3");
        assertThat(parameters.template()).isEqualTo("/a/{x}/{rest...}");
        assertThatThrownBy(() -> parameters.text("y"))
                .hasMessage("path template \"/a/{x}/{rest...}\" has no parameter \"y\"");
    }

    @Test
    void aParameterIsNeverEmpty() {
        assertThat(tree("/a/{x}").find("GET", "/a/")).isNull();
        assertThat(tree("/a/{x}/b").find("GET", "/a//b")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/s/..", "/s/../x", "/s/./x", "/..", "", "*", "s/x", "/s"})
    void whatLeadsElsewhereIsNowhere(String path) {
        assertThat(tree("/s/{path...}").find("GET", path)).isNull();
    }

    @Test
    void aTemplateWithTheMethodIsFoundBehindOneWithout() {
        RouteTree tree = tree("/files/{id}");
        tree.add(route("POST", "/files/new"));
        assertThat(found(tree, "POST", "/files/new")).isEqualTo("POST /files/new");
        assertThat(found(tree, "GET", "/files/new")).isEqualTo("GET /files/{id}");
        assertThat(found(tree, "PUT", "/files/new")).isNull();
        assertThat(tree.methods("/files/new")).containsExactly("GET", "HEAD", "OPTIONS", "POST");
        assertThat(tree.methods("/files/old")).containsExactly("GET", "HEAD", "OPTIONS");
        assertThat(tree.methods("/file")).isEmpty();
    }

    @Test
    void headIsServedByGetUnlessItHasARouteOfItsOwn() {
        RouteTree tree = tree("/a", "/b");
        tree.add(route("HEAD", "/b"));
        assertThat(found(tree, "HEAD", "/a")).isEqualTo("GET /a");
        assertThat(found(tree, "HEAD", "/b")).isEqualTo("HEAD /b");
    }

    @Test
    void anyMethodIsForThoseWithoutARoute() {
        RouteTree tree = tree("/a");
        tree.add(route(null, "/a"));
        assertThat(found(tree, "GET", "/a")).isEqualTo("GET /a");
        assertThat(found(tree, "BREW", "/a")).isEqualTo("any method /a");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/a/{x}, /a/{y}",
        "/{x}/b/{y}, /{y}/b/{x}",
        "/a/{x...}, /a/{y...}",
    })
    void twoRoutesForTheSameRequestsAreRefused(String first, String second) {
        RouteTree tree = tree(first);
        assertThatThrownBy(() -> tree.add(route("GET", second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"GET " + first + "\"")
                .hasMessageContaining("\"GET " + second + "\"");
        tree.add(route("POST", second));
        tree.add(route(null, second));
        assertThatThrownBy(() -> tree.add(route(null, first))).hasMessageContaining("any method");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/{x}",
                "/{x}/{x}",
                "/{}",
                "/{1}",
                "/{x...}/a",
                "/a{x}",
                "/{x}a",
                "/{x",
                "/x}",
                "/{...}",
                "/%41",
                "/a?b",
                "/a#b",
                "/..",
                "/./a",
                "/{x y}",
                "/{{x}}"
            })
    void malformedTemplatesAreRefused(String template) {
        assertThatThrownBy(() -> PathTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path template \"" + template + "\": ");
    }

    /// The tree against a plain reading of the rules.
    @Test
    void findsWhatTheRulesSayForRandomTemplates() {
        Random random = new Random(7);
        String[] parts = {"a", "b", "{x}", "{y}", ""};
        for (int round = 0; round < 2_000; round++) {
            RouteTree tree = new RouteTree();
            List<PathTemplate> templates = new java.util.ArrayList<>();
            for (int i = 0; i < 6; i++) {
                try {
                    PathTemplate template = PathTemplate.parse(randomPath(random, parts, true));
                    tree.add(new Route("GET", template, NOBODY));
                    templates.add(template);
                } catch (IllegalArgumentException e) {
                    // the same twice, or a name twice
                }
            }
            String path = randomPath(random, new String[] {"a", "b", "c", ""}, false);
            List<String> segments = List.of(path.substring(1).split("/", -1));
            PathTemplate best =
                    templates.stream()
                            .filter(t -> rank(t, segments) != null)
                            .max((s, t) -> compare(rank(s, segments), rank(t, segments)))
                            .orElse(null);
            RouteTree.Match match = tree.find("GET", path);
            assertThat(match == null ? null : match.route().template())
                    .as("%s among %s", path, templates)
                    .isEqualTo(best);
        }
    }

    private static String randomPath(Random random, String[] parts, boolean rest) {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            path.append('/').append(parts[random.nextInt(parts.length)]);
        }
        return rest && random.nextInt(4) == 0 ? path + "/{z...}" : path.toString();
    }

    /// How well each segment fits, 2 for a literal; null if the template does not match.
    private static @Nullable List<Integer> rank(PathTemplate template, List<String> segments) {
        List<Integer> rank = new java.util.ArrayList<>();
        for (int i = 0; i < template.segments().size(); i++) {
            switch (template.segments().get(i)) {
                case PathTemplate.Segment.Rest r -> {
                    if (i >= segments.size()) {
                        return null;
                    }
                    rank.add(0);
                    return rank;
                }
                case PathTemplate.Segment.Literal(String text) -> {
                    if (i >= segments.size() || !segments.get(i).equals(text)) {
                        return null;
                    }
                    rank.add(2);
                }
                case PathTemplate.Segment.Parameter p -> {
                    if (i >= segments.size() || segments.get(i).isEmpty()) {
                        return null;
                    }
                    rank.add(1);
                }
            }
        }
        return template.segments().size() == segments.size() ? rank : null;
    }

    private static int compare(@Nullable List<Integer> one, @Nullable List<Integer> other) {
        assertThat(one).isNotNull();
        assertThat(other).isNotNull();
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
