package io.heliograph.torture;

import io.heliograph.torture.audit.Finding;
import io.heliograph.torture.audit.Result;
import io.heliograph.torture.audit.Verdict;
import io.heliograph.torture.brownout.Endured;
import io.heliograph.torture.strike.Survived;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a torture showed.
 *
 * @param calm whether nobody was killed or frozen: then traffic has to move, for which nobody can be blamed otherwise
 * @param brownouts of the providers, and what became of the traffic
 * @param leftOut blows that were not struck, because the victim was still down
 * @param died processes that ended although nobody killed them
 * @param repeats requests that the client had to repeat
 * @param quiet whether nothing was outstanding when the time for recovery was over
 * @param settling from the end of load and blows until then
 * @param folder with the logs
 */
public record TortureReport(
        long seed,
        boolean calm,
        Result result,
        List<Survived> survived,
        List<Endured> brownouts,
        long leftOut,
        List<String> died,
        long repeats,
        boolean quiet,
        Duration settling,
        Path folder) {
    private static final int FINDINGS_SHOWN = 20;

    public boolean isClean() {
        return result.isClean() && quiet && died.isEmpty() && stuck().isEmpty();
    }

    private List<Endured> stuck() {
        return calm ? brownouts.stream().filter(Endured::isStuck).toList() : List.of();
    }

    public String render() {
        StringBuilder out = new StringBuilder();
        line(out, "accepted", result.accepted() + " messages (" + repeats + " requests were repeated)");
        for (Verdict verdict : Verdict.values()) {
            if (result.count(verdict) > 0 || verdict.isViolation()) {
                line(out, verdict.word(), result.count(verdict) + "    " + verdict.definition());
            }
        }
        line(
                out,
                "I2 violations",
                result.violations() + "    messages without their promise, promises without their message");
        line(out, "taken by both", result.takenByBoth() + "    providers; of all: " + result.takenBy());
        brownouts.forEach(one -> line(out, "brown-out", described(one)));
        line(out, "survived", survived.size() + " blows: " + byKind() + "; left out " + leftOut);
        line(out, "longest recovery", longestRecovery());
        line(
                out,
                "longest silence",
                seconds(Duration.ofMillis(result.longestPauseMillis())) + " in which nothing was sent");
        line(out, "settled", quiet ? seconds(settling) + " after the last blow" : "NOT within " + seconds(settling));
        died.forEach(name -> line(out, "DIED BY ITSELF", name));
        stuck().forEach(one -> line(out, "DID NOT MOVE", described(one)));
        result.findings().stream().limit(FINDINGS_SHOWN).forEach(finding -> finding(out, "FINDING", finding));
        result.doubts().stream().limit(FINDINGS_SHOWN).forEach(doubt -> finding(out, "in doubt", doubt));
        line(out, "seed", Long.toString(seed));
        line(
                out,
                isClean() ? "all is well" : "NOT WELL",
                isClean() ? "" : result.findings().size() + stuck().size() + " findings; logs: " + folder);
        return out.toString();
    }

    private String described(Endured one) {
        Duration moved = one.moved();
        Duration returned = one.returned();
        String traffic = moved == null
                ? "traffic did not move"
                : "moved after " + seconds(moved) + ", "
                        + (returned == null ? "not seen to come back" : "back " + seconds(returned) + " after its end");
        String blows = blowsDuring(one);
        return String.format(
                Locale.ROOT,
                "%s of %s for %s: %s; %.0f/s accepted meanwhile%s",
                one.brownout().trouble().word(),
                one.victim(),
                seconds(one.brownout().lasting()),
                traffic,
                one.perSecond(),
                blows.isEmpty() ? "" : "; under blows: " + blows);
    }

    private String blowsDuring(Endured one) {
        return survived.stream()
                .map(Survived::strike)
                .filter(strike -> strike.at().compareTo(one.brownout().end()) < 0)
                .filter(strike ->
                        strike.at().plus(strike.down()).compareTo(one.brownout().at()) > 0)
                .map(strike -> strike.action().word() + " " + strike.victim())
                .collect(Collectors.joining(", "));
    }

    private String byKind() {
        Map<String, Long> kinds = survived.stream()
                .collect(Collectors.groupingBy(
                        one -> one.strike().victim().replaceAll("-\\d+$", "") + " "
                                + one.strike().action().word(),
                        TreeMap::new,
                        Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + " " + kind.getValue())
                .collect(Collectors.joining(", "));
    }

    private String longestRecovery() {
        return survived.stream()
                .max(Comparator.comparing(Survived::recovery))
                .map(one -> seconds(one.recovery()) + " of " + one.strike().victim() + " after "
                        + one.strike().action().word())
                .orElse("");
    }

    private static void finding(StringBuilder out, String kind, Finding finding) {
        line(out, kind, finding.what());
        finding.evidence().forEach(evidence -> line(out, "", evidence));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    private static void line(StringBuilder out, String name, String text) {
        out.append(String.format(Locale.ROOT, "%-28s %s%n", name, text));
    }
}
