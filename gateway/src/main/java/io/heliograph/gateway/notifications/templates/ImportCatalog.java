package io.heliograph.gateway.notifications.templates;

import io.heliograph.gateway.accounts.Caller;
import io.heliograph.gateway.http.Answer;
import io.heliograph.gateway.http.FieldMistake;
import io.heliograph.gateway.http.Mistakes;
import io.heliograph.gateway.http.Problem;
import io.heliograph.gateway.http.ProblemCode;
import io.heliograph.gateway.http.input.JsonBody;
import io.heliograph.gateway.notifications.catalog.Content;
import io.heliograph.gateway.notifications.catalog.Fitting;
import io.heliograph.gateway.notifications.catalog.NotificationType;
import io.heliograph.gateway.notifications.catalog.OwnCatalog;
import io.heliograph.gateway.notifications.catalog.TemplateKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code POST /v1/templates/import}: types and templates as they stand in files, put in force together in one commit; or all that is wrong with
 * them, and nothing.
 */
final class ImportCatalog {
    private static final int LISTED_MAX = 100;

    private final CatalogTransactionStore catalogs;

    ImportCatalog(CatalogTransactionStore catalogs) {
        this.catalogs = catalogs;
    }

    Future<Answer> take(RoutingContext context, Caller caller) {
        ImportFields read = new ImportFields(JsonBody.object(context));
        if (!read.mistakes().isEmpty()) {
            throw Problem.invalid(read.mistakes(), LISTED_MAX).exception();
        }
        long account = caller.accountId();
        return read.isDryRun()
                ? catalogs.read(account).map(own -> changes(own, read).answer(true))
                : catalogs.change(account, (transaction, own) -> store(transaction, account, changes(own, read)));
    }

    /** What is new and what is different, against what there is. Throws the problem of what does not fit. */
    private static Changes changes(OwnCatalog own, ImportFields read) {
        Map<TemplateKey, Content> contents = new LinkedHashMap<>();
        read.contents().forEach((key, placed) -> contents.put(key, placed.content()));
        OwnCatalog merged = Merged.with(own, read.types(), contents);
        List<FieldMistake> mistakes = new ArrayList<>();
        read.contents().forEach((key, placed) -> mistakes.addAll(mistakes(merged, key, placed)));
        read.types().values().forEach(type -> mistakes.addAll(ofOthers(merged, type, contents.keySet())));
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(new Mistakes(mistakes, 0), LISTED_MAX).exception();
        }
        return new Changes(own, read.types(), contents);
    }

    private static List<FieldMistake> mistakes(OwnCatalog merged, TemplateKey key, ImportFields.Placed placed) {
        NotificationType type = merged.type(key.type());
        return type == null
                ? List.of(FieldMistake.at(
                        placed.pointer(), ProblemCode.UNKNOWN_TYPE, "There is no notification type of this name."))
                : Fitting.mistakes(type, key.channel(), placed.content(), placed.pointer());
    }

    /** What the account has beside, and what would no longer fit. */
    private static List<FieldMistake> ofOthers(OwnCatalog merged, NotificationType type, Set<TemplateKey> brought) {
        Map<TemplateKey, Content> others = merged.contents().entrySet().stream()
                .filter(one -> !brought.contains(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return Merged.mistakes(new OwnCatalog(merged.shipped(), merged.types(), others), type, "/types/" + type.name());
    }

    private static Future<Answer> store(SqlClient transaction, long account, Changes changes) {
        return TypeStore.putAll(transaction, account, changes.differentTypes().values())
                .compose(stored -> TemplateStore.publishAll(transaction, account, changes.differentContents()))
                .map(stored -> changes.answer(false));
    }

    private record Changes(OwnCatalog own, Map<String, NotificationType> types, Map<TemplateKey, Content> contents) {

        Map<String, NotificationType> differentTypes() {
            return different(own.types(), types);
        }

        Map<TemplateKey, Content> differentContents() {
            return different(own.contents(), contents);
        }

        private static <K, V> Map<K, V> different(Map<K, V> before, Map<K, V> now) {
            Map<K, V> different = new LinkedHashMap<>(now);
            different.entrySet().removeIf(one -> one.getValue().equals(before.get(one.getKey())));
            return different;
        }

        Answer answer(boolean dryRun) {
            return Answer.ok(new JsonObject()
                    .put("dry_run", dryRun)
                    .put("types", counts(own.types(), types))
                    .put("templates", counts(own.contents(), contents)));
        }

        private static <K, V> JsonObject counts(Map<K, V> before, Map<K, V> now) {
            int different = different(before, now).size();
            int made = (int) now.keySet().stream()
                    .filter(key -> !before.containsKey(key))
                    .count();
            return new JsonObject()
                    .put("made", made)
                    .put("changed", different - made)
                    .put("unchanged", now.size() - different);
        }
    }
}
