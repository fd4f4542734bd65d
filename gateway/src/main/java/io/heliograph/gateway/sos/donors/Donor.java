package io.heliograph.gateway.sos.donors;

import org.jspecify.annotations.Nullable;

/**
 * What a user has said of giving blood.
 *
 * @param name which a patient is told with the number, once the donor has said SHARE
 * @param area where in the city
 */
record Donor(
        @Nullable String name,
        BloodGroup group,
        String city,
        @Nullable String area,
        boolean isAvailable) {

    /** Names nobody. */
    @Override
    public String toString() {
        return "donor";
    }
}
