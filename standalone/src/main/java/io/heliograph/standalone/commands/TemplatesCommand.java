package io.heliograph.standalone.commands;

import io.heliograph.runtime.CommandLine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heliograph templates export|import}: takes an account's notification types and templates out of the gateway that runs into files, and
 * puts them in force from there, all or nothing.
 */
@SuppressWarnings("SystemOut") // This is a command; a person reads its answer.
public final class TemplatesCommand {
    private static final String USAGE = """
            usage: ./heliograph templates export [DIR] [--shipped]
                   ./heliograph templates import DIR [--dry-run]

            DIR          has types.yaml and templates/LOCALE.yaml; for the export ./notifications unless given
            --shipped    also what every account has
            --dry-run    only say what would be done, or what is wrong""";

    private static final String DIRECTORY_DEFAULT = "notifications";

    private TemplatesCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (CommandLine.asksForHelp(List.of(arguments))) {
            System.out.println(USAGE);
            return;
        }
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean shipped = words.remove("--shipped");
        boolean dryRun = words.remove("--dry-run");
        String command = words.isEmpty() ? "" : words.removeFirst();
        try {
            if (command.equals("export") && words.size() <= 1 && !dryRun) {
                export(Path.of(words.isEmpty() ? DIRECTORY_DEFAULT : words.getFirst()), shipped);
            } else if (command.equals("import") && words.size() == 1 && !shipped) {
                bring(Path.of(words.getFirst()), dryRun);
            } else {
                fail(2, USAGE);
            }
        } catch (GatewayClient.RefusedException e) {
            fail(1, described(e));
        } catch (IOException e) {
            fail(1, e.getMessage());
        }
    }

    private static void export(Path directory, boolean shipped)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject all = GatewayClient.fromEnvironment().get("/v1/templates/export?shipped=" + shipped);
        for (Path written : TemplateFiles.write(directory, all)) {
            System.out.println("wrote " + written);
        }
    }

    private static void bring(Path directory, boolean dryRun)
            throws IOException, InterruptedException, GatewayClient.RefusedException {
        JsonObject all = TemplateFiles.read(directory);
        JsonObject counts = GatewayClient.fromEnvironment().post("/v1/templates/import", all.put("dry_run", dryRun));
        for (String kind : List.of("types", "templates")) {
            JsonObject of = counts.getJsonObject(kind);
            System.out.printf(
                    "%-9s  %d new, %d changed, %d as before%n",
                    kind, of.getInteger("made"), of.getInteger("changed"), of.getInteger("unchanged"));
        }
        System.out.println(dryRun ? "Nothing was stored: this was a dry run." : "All of it is in force.");
    }

    /** Every mistake by its file and its place in there. */
    private static String described(GatewayClient.RefusedException refused) {
        JsonArray errors = refused.problem().getJsonArray("errors", new JsonArray());
        if (errors.isEmpty()) {
            return String.valueOf(refused.getMessage());
        }
        StringBuilder lines = new StringBuilder("nothing was imported");
        for (int i = 0; i < errors.size(); i++) {
            JsonObject error = errors.getJsonObject(i);
            lines.append("\n  ")
                    .append(TemplateFiles.place(error.getString("pointer", "")))
                    .append(": ")
                    .append(error.getString("detail"));
        }
        int more = refused.problem().getInteger("errors_omitted", 0);
        return lines.append(more == 0 ? "" : "\n  and " + more + " more").toString();
    }

    private static void fail(int status, @Nullable String message) {
        System.err.println("heliograph templates: " + message);
        System.exit(status);
    }
}
