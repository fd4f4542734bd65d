package io.heliograph.standalone.commands;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** Notification types and templates in files: {@code types.yaml}, and {@code templates/LOCALE.yaml} for each language. */
final class TemplateFiles {
    private static final String TYPES = "types";
    private static final String TEMPLATES = "templates";
    private static final String ENDING = ".yaml";
    /** The gateway takes no more in one request. */
    private static final long BYTES_MAX = 1024 * 1024;

    private static final int FILES_MAX = 200;
    private static final int LINE_WIDTH = 160;

    private TemplateFiles() {}

    /** Throws {@link IOException} with everything that is wrong with the files. */
    static JsonObject read(Path directory) throws IOException {
        List<String> mistakes = new ArrayList<>();
        JsonObject all = new JsonObject();
        Path types = directory.resolve(TYPES + ENDING);
        if (Files.exists(types)) {
            all.put(TYPES, read(types, mistakes));
        }
        JsonObject templates = new JsonObject();
        for (Path file : ofLanguages(directory.resolve(TEMPLATES))) {
            String name = String.valueOf(file.getFileName());
            templates.put(name.substring(0, name.length() - ENDING.length()), read(file, mistakes));
        }
        if (!templates.isEmpty()) {
            all.put(TEMPLATES, templates);
        }
        if (all.isEmpty()) {
            mistakes.add("there is neither " + types + " nor a file in " + directory.resolve(TEMPLATES));
        }
        if (!mistakes.isEmpty()) {
            throw new IOException(String.join("\n  ", mistakes));
        }
        return all;
    }

    private static List<Path> ofLanguages(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .limit(FILES_MAX)
                    .toList();
        }
    }

    private static JsonObject read(Path file, List<String> mistakes) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            mistakes.add(file + " is larger than " + BYTES_MAX + " bytes");
            return new JsonObject();
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object read = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
            if (json(read) instanceof JsonObject object) {
                return object;
            }
            mistakes.add(file + " holds no mapping");
        } catch (YAMLException e) {
            mistakes.add(file + ": " + e.getMessage());
        }
        return new JsonObject();
    }

    /** Whatever YAML knows beside, a date for one, is the text that it was written as. */
    private static @Nullable Object json(@Nullable Object yaml) {
        return switch (yaml) {
            case Map<?, ?> map -> {
                JsonObject object = new JsonObject();
                map.forEach((name, value) -> object.put(String.valueOf(name), json(value)));
                yield object;
            }
            case List<?> list -> {
                JsonArray array = new JsonArray();
                list.forEach(item -> array.add(json(item)));
                yield array;
            }
            case null -> null;
            case String text -> text;
            case Number number -> number;
            case Boolean flag -> flag;
            default -> String.valueOf(yaml);
        };
    }

    /** Answers which files there are now. */
    static List<Path> write(Path directory, JsonObject all) throws IOException {
        List<Path> written = new ArrayList<>();
        Files.createDirectories(directory.resolve(TEMPLATES));
        written.add(writeOne(directory.resolve(TYPES + ENDING), all.getJsonObject(TYPES)));
        JsonObject templates = all.getJsonObject(TEMPLATES);
        for (String locale : templates.fieldNames()) {
            written.add(
                    writeOne(directory.resolve(TEMPLATES).resolve(locale + ENDING), templates.getJsonObject(locale)));
        }
        return written;
    }

    private static Path writeOne(Path file, JsonObject content) throws IOException {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        options.setWidth(LINE_WIDTH);
        // Only maps, lists and values are in it: no tags are written.
        String text = new Yaml(new Representer(options), options).dump(content.getMap());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** Where a pointer of the gateway leads: templates/hi.yaml: order_created.sms.text. */
    static String place(String pointer) {
        Iterator<String> steps = List.of(pointer.split("/", -1)).iterator();
        String _ = steps.next();
        StringBuilder place = new StringBuilder();
        if (steps.hasNext()) {
            String kind = steps.next();
            boolean inLanguage = kind.equals(TEMPLATES) && steps.hasNext();
            place.append(kind).append(inLanguage ? "/" + steps.next() : "").append(ENDING);
        }
        String separator = ": ";
        while (steps.hasNext()) {
            place.append(separator).append(steps.next().replace("~1", "/").replace("~0", "~"));
            separator = ".";
        }
        return place.toString();
    }
}
