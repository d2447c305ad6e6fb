package dev.hearth.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds the endpoint of a path: a tree of segments, literal ones before parameters.
///
/// The path is split on `/` before anything in it is decoded, since identifiers hold encoded
/// slashes (API-8). A parameter may be empty at the end of the path only: that is an empty state
/// key.
final class Router {

    private static final String CURRENT = "/_matrix/client/v3/";
    private static final String OLD = "/_matrix/client/r0/";

    private final Node root = new Node();

    /// What is at a path.
    sealed interface Match {}

    record Found(Route route, Map<String, String> parameters) implements Match {}

    /// The path is known, but not with this method.
    record WrongMethod(List<String> allowed) implements Match {}

    record Unknown() implements Match {}

    Router(List<Route> routes) {
        for (var route : routes) {
            add(route.template(), route);
            if (route.template().startsWith(CURRENT)) {
                add(OLD + route.template().substring(CURRENT.length()), route);
            }
        }
    }

    private void add(String template, Route route) {
        var names = new ArrayList<String>();
        Node node = root;
        for (var segment : segments(template)) {
            if (segment.startsWith("{") && segment.endsWith("}")) {
                names.add(segment.substring(1, segment.length() - 1));
                node = node.parameterChild();
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (node.leaves.put(route.method(), new Leaf(route, List.copyOf(names))) != null) {
            throw new IllegalStateException("declared twice: " + route.method() + " " + template);
        }
    }

    private static List<String> segments(String rawPath) {
        var segments = new ArrayList<String>(12);
        int from = 1;
        for (int slash; (slash = rawPath.indexOf('/', from)) >= 0; from = slash + 1) {
            segments.add(rawPath.substring(from, slash));
        }
        segments.add(rawPath.substring(from));
        return segments;
    }

    /// @param rawPath begins with a slash, and is not decoded yet
    Match find(String method, String rawPath) {
        var segments = segments(rawPath);
        segments.replaceAll(PercentDecoding::path);
        var search = new Search(segments, method);
        if (search.visit(root, 0)) {
            return new Found(search.leaf().route(), search.parameters());
        }
        return search.allowed.isEmpty()
                ? new Unknown()
                : new WrongMethod(List.copyOf(search.allowed));
    }

    private record Leaf(Route route, List<String> names) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final List<Node> parameter = new ArrayList<>(1);
        private final Map<String, Leaf> leaves = new TreeMap<>();

        private Node parameterChild() {
            if (parameter.isEmpty()) {
                parameter.add(new Node());
            }
            return parameter.getFirst();
        }
    }

    /// One walk down the tree. It comes back up where a literal led astray.
    private static final class Search {
        private final List<String> segments;
        private final String method;
        private final List<String> values = new ArrayList<>(4);
        private final List<Leaf> found = new ArrayList<>(1);
        private final TreeSet<String> allowed = new TreeSet<>();

        private Search(List<String> segments, String method) {
            this.segments = segments;
            this.method = method;
        }

        private boolean visit(Node node, int depth) {
            if (depth == segments.size()) {
                return arrive(node);
            }
            var segment = segments.get(depth);
            var literal = node.literals.get(segment);
            if (literal != null && visit(literal, depth + 1)) {
                return true;
            }
            boolean last = depth == segments.size() - 1;
            if (node.parameter.isEmpty() || (segment.isEmpty() && !last)) {
                return false;
            }
            values.add(segment);
            if (visit(node.parameter.getFirst(), depth + 1)) {
                return true;
            }
            values.removeLast();
            return false;
        }

        private boolean arrive(Node node) {
            var leaf = node.leaves.get(method);
            if (leaf == null) {
                allowed.addAll(node.leaves.keySet());
                return false;
            }
            found.add(leaf);
            return true;
        }

        private Leaf leaf() {
            return found.getFirst();
        }

        private Map<String, String> parameters() {
            var names = leaf().names();
            var parameters = new HashMap<String, String>();
            for (int i = 0; i < names.size(); i++) {
                parameters.put(names.get(i), values.get(i));
            }
            return parameters;
        }
    }
}
