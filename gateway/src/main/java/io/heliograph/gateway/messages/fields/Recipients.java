package io.heliograph.gateway.messages.fields;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what people write as a phone number into E.164, with a default region for numbers without a country code. */
public final class Recipients {
    /** Digits of any script and what people put between them; no letters, in which the library finds numbers too. */
    private static final Pattern WRITTEN = Pattern.compile("[+\\uFF0B]?[\\p{Nd}\\p{Zs}().\\-/]+");

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final String ANY_NUMBER = "+15005550010";
    /** Longer than any number with all its brackets and spaces. */
    private static final int LENGTH_MAX = 40;

    private static final int CALLING_CODE_LENGTH_MAX = 3;
    private static final Set<String> CALLING_CODES = PhoneNumberUtil.getInstance().getSupportedCallingCodes().stream()
            .map(String::valueOf)
            .collect(Collectors.toUnmodifiableSet());

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final String defaultRegion;

    public Recipients(String defaultRegion) {
        this.defaultRegion = defaultRegion;
        // The tables are read at their first use, which takes long enough to be felt: now rather than in a request.
        String _ = e164(ANY_NUMBER);
    }

    /** Null when it cannot be anyone's number. */
    public @Nullable String e164(String text) {
        return e164(text, defaultRegion);
    }

    /** Where a number without a country code is of that region. */
    public @Nullable String e164(String text, String region) {
        if (text.length() > LENGTH_MAX || !WRITTEN.matcher(text).matches()) {
            return null;
        }
        try {
            PhoneNumber number = numbers.parse(text, region);
            // Possible by length rather than valid by range: ranges open faster than any release of the tables, and
            // who is reachable is for the provider to say.
            if (numbers.isPossibleNumberWithReason(number) != ValidationResult.IS_POSSIBLE) {
                return null;
            }
            String e164 = numbers.format(number, PhoneNumberFormat.E164);
            return E164.matcher(e164).matches() ? e164 : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    /** The country that a number in E.164 begins with; null for one that no country has. */
    public static @Nullable String callingCode(String e164) {
        // No calling code begins with another one.
        for (int length = 1; length <= CALLING_CODE_LENGTH_MAX; length++) {
            String code = e164.substring(1, 1 + length);
            if (CALLING_CODES.contains(code)) {
                return code;
            }
        }
        return null;
    }

    public static boolean isRegion(String region) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(region);
    }
}
