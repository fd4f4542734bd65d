package io.heliograph.providers.yaml;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes nodes of YAML, and nothing more: no object is ever made of what a file names. */
public final class YamlText {
    public static final int CHARACTERS_MAX = 1 << 20;

    private YamlText() {}

    /** The mapping that the text is. Tells a mistake, and answers an empty one, when it is no YAML or something else. */
    public static YamlMapping mapping(Reading reading, String text) {
        Node node = node(reading, text);
        if (node != null && !(node instanceof MappingNode) && !isNothing(node)) {
            reading.mistake(node.getStartMark().getLine() + 1, "", "wants a mapping");
        }
        return new YamlMapping(reading, "", 1, node instanceof MappingNode mapping ? mapping : null);
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    private static @Nullable Node node(Reading reading, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CHARACTERS_MAX);
        try {
            return new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            YamlProblem problem = YamlProblem.of(e);
            reading.mistake(problem.line(), "", problem.what());
        } catch (YAMLException _) {
            YamlProblem problem = YamlProblem.of(text);
            reading.mistake(problem.line(), "", problem.what());
        }
        return null;
    }
}
