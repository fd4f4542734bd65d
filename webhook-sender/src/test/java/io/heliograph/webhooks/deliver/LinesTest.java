package io.heliograph.webhooks.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.webhooks.deliver.Lines.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an account with very many lines leaves to the others. */
class LinesTest {
    private static final int LINES_MAX = 256;

    private final Lines lines = new Lines(64);

    @Test
    void shares_a_round_between_accounts_and_not_between_their_lines() {
        List<Line> waiting = new ArrayList<>(linesOf(1));
        waiting.add(new Line(null, 2, (short) 7));
        lines.look(waiting);

        Map<Long, Integer> rows = rowsByAccount(lines.asks(10_000, 16));

        assertThat(rows).containsOnly(Map.entry(1L, 8), Map.entry(2L, 8));
    }

    @Test
    void gives_the_whole_round_to_an_account_that_waits_alone() {
        lines.look(linesOf(1));

        assertThat(rowsByAccount(lines.asks(10_000, 500))).containsOnly(Map.entry(1L, 500));
    }

    @Test
    void gives_each_account_that_hangs_half_of_what_is_left() {
        List<Integer> got = new ArrayList<>();
        int left = 1_000;
        for (int account = 1; account <= 4; account++) {
            lines.look(linesOf(account));
            int rows = begin(lines.asks(left, 500));
            got.add(rows);
            left -= rows;
        }

        assertThat(got).containsExactly(500, 250, 125, 63);
        lines.look(linesOf(1));
        assertThat(lines.asks(left, 500)).isEmpty();
    }

    @Test
    void uses_the_only_place_there_is() {
        lines.look(linesOf(1));

        assertThat(lines.asks(1, 500)).extracting(Ask::rowsMax).containsExactly(1);
    }

    private int begin(List<Ask> asks) {
        lines.took(asks, asks.stream().collect(Collectors.toMap(Ask::line, Ask::rowsMax)));
        return asks.stream().mapToInt(Ask::rowsMax).sum();
    }

    private static Map<Long, Integer> rowsByAccount(List<Ask> asks) {
        return asks.stream()
                .collect(Collectors.groupingBy(ask -> ask.line().accountId(), Collectors.summingInt(Ask::rowsMax)));
    }

    private static List<Line> linesOf(long account) {
        return IntStream.range(0, LINES_MAX)
                .mapToObj(n -> new Line(null, account, (short) n))
                .toList();
    }
}
