package io.heliograph.gateway.notifications.hours;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a number is from.
 *
 * @param country such as IN; "" when it is of none
 * @param zones in which its owner may be; of those that keep the same time one
 */
public record NumberPlace(String country, List<ZoneId> zones) {
    /** For somebody without a number. */
    public static final NumberPlace NOWHERE = new NumberPlace("", List.of());

    private static final String UNKNOWN_REGION = "ZZ";

    public NumberPlace {
        zones = List.copyOf(zones);
    }

    /** Of a number in E.164. By its first digits: whether it is in use does not matter. */
    public static NumberPlace of(String e164) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = numbers.parse(e164, null);
            String region = numbers.getRegionCodeForNumber(number);
            String country = region == null ? numbers.getRegionCodeForCountryCode(number.getCountryCode()) : region;
            return new NumberPlace(country.equals(UNKNOWN_REGION) ? "" : country, zonesOf(number));
        } catch (NumberParseException e) {
            return NOWHERE;
        }
    }

    private static List<ZoneId> zonesOf(PhoneNumber number) {
        Map<ZoneRules, ZoneId> zones = new LinkedHashMap<>();
        for (String name : PhoneNumberToTimeZonesMapper.getInstance().getTimeZonesForGeographicalNumber(number)) {
            // The library's word for a number that it does not know is a zone that does not exist.
            if (ZoneId.getAvailableZoneIds().contains(name)) {
                ZoneId zone = ZoneId.of(name);
                ZoneId _ = zones.putIfAbsent(zone.getRules(), zone);
            }
        }
        return List.copyOf(zones.values());
    }
}
