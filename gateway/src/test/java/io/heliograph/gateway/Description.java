package io.heliograph.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's description, as a program reads it, made strict: in a test no answer may hold what is not described. */
final class Description {
    private static final String HTML = "text/html";
    private static final Vertx VERTX = Vertx.vertx();
    private static final Description INSTANCE = new Description();

    private final JsonObject asWritten;
    private final OpenAPIContract contract;
    private final ResponseValidator validator;

    private Description() {
        try {
            asWritten = read();
            contract = OpenAPIContract.from(VERTX, strict(asWritten)).await(20, TimeUnit.SECONDS);
            validator = ResponseValidator.create(VERTX, contract);
        } catch (Exception e) {
            throw new IllegalStateException("openapi.yaml is no OpenAPI description", e);
        }
    }

    static Description get() {
        return INSTANCE;
    }

    JsonObject asWritten() {
        return asWritten;
    }

    OpenAPIContract contract() {
        return contract;
    }

    /** Throws when an answer to a described method of a described path is not as described. */
    void check(HttpResponse<String> response) {
        HttpMethod method = HttpMethod.valueOf(response.request().method());
        Operation operation = contract.findOperation(response.uri().getRawPath(), method);
        // Its own text is nothing that the validator could read.
        if (operation == null || operation.getOperationId().equals("showDescription")) {
            return;
        }
        try {
            validator
                    .validate(validatable(response), operation.getOperationId())
                    .await(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(
                    operation.getOperationId() + " answered " + response.statusCode() + " " + response.body(), e);
        }
    }

    private static ValidatableResponse validatable(HttpResponse<String> response) {
        Map<String, String> headers = response.headers().map().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().getFirst()));
        return response.body().isEmpty()
                ? ValidatableResponse.create(response.statusCode(), headers)
                : ValidatableResponse.create(
                        response.statusCode(),
                        headers,
                        body(response),
                        validatorsName(
                                response.headers().firstValue("Content-Type").orElse("")));
    }

    /** A text is a string of JSON to the validator. */
    private static Buffer body(HttpResponse<String> response) {
        String mediaType = response.headers().firstValue("Content-Type").orElse("");
        boolean isText = mediaType.equals("text/plain") || mediaType.startsWith(HTML) || mediaType.endsWith("/xml");
        return isText ? Json.encodeToBuffer(response.body()) : Buffer.buffer(response.body());
    }

    /** The validator knows few media types by name: a problem is JSON to it, YAML is text, a form is nothing, and so are texts. */
    private static String validatorsName(String mediaType) {
        return switch (mediaType) {
            case "application/problem+json",
                    "application/x-www-form-urlencoded",
                    "application/xml",
                    "text/xml",
                    HTML,
                    HTML + "; charset=utf-8",
                    "text/plain" -> "application/json";
            case "application/yaml", "text/event-stream", "text/csv" -> "text/plain";
            default -> mediaType;
        };
    }

    /** To the validator a parameter is a whole step of a path: here it takes the ending for a part of its value. */
    static String validatorsPath(String path) {
        return path.replace("}.json", "}");
    }

    private static JsonObject strict(JsonObject description) {
        JsonObject copy = (JsonObject) withValidatorsNames(description);
        JsonObject schemas = copy.getJsonObject("components").getJsonObject("schemas");
        schemas.fieldNames().forEach(name -> merge(schemas, schemas.getJsonObject(name)));
        schemas.forEach(schema -> close((JsonObject) schema.getValue()));
        return copy;
    }

    private static Object withValidatorsNames(Object json) {
        return switch (json) {
            case JsonObject object -> {
                JsonObject renamed = new JsonObject();
                object.forEach(field -> renamed.put(
                        field.getKey().contains("/") && !field.getKey().startsWith("/")
                                ? validatorsName(field.getKey())
                                : validatorsPath(field.getKey()),
                        field.getValue() == null ? null : withValidatorsNames(field.getValue())));
                yield renamed;
            }
            case JsonArray array ->
                new JsonArray(array.stream()
                        .map(item -> item == null ? null : withValidatorsNames(item))
                        .collect(Collectors.toList()));
            default -> json;
        };
    }

    /** An object that is put together of others becomes one, so that it can be closed. */
    private static void merge(JsonObject schemas, JsonObject schema) {
        JsonArray parts = schema.getJsonArray("allOf");
        if (parts == null) {
            return;
        }
        JsonObject properties = new JsonObject();
        JsonArray required = new JsonArray();
        for (Object part : parts) {
            JsonObject resolved = resolve(schemas, (JsonObject) part);
            properties.mergeIn(resolved.getJsonObject("properties", new JsonObject()));
            required.addAll(resolved.getJsonArray("required", new JsonArray()));
        }
        schema.remove("allOf");
        schema.put("type", "object").put("properties", properties).put("required", required);
    }

    private static JsonObject resolve(JsonObject schemas, JsonObject part) {
        String reference = part.getString("$ref");
        return reference == null
                ? part
                : Objects.requireNonNull(schemas.getJsonObject(reference.substring(reference.lastIndexOf('/') + 1)));
    }

    private static void close(JsonObject schema) {
        if (schema.containsKey("properties") && !schema.containsKey("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
    }

    private static JsonObject read() {
        try (InputStream stream = Objects.requireNonNull(Description.class.getResourceAsStream("/openapi.yaml"))) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> map = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            // Through text, so that maps and lists become what the validator expects.
            return new JsonObject(new JsonObject(map).encode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
