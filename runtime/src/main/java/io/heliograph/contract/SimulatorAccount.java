package io.heliograph.contract;

/** The accounts at the simulator that everything uses until real credentials are configured. No secrets: they open nothing. */
public final class SimulatorAccount {
    public static final String ACCOUNT_SID = "AC00000000000000000000000000000001";
    public static final String AUTH_TOKEN = "heliograph-simulator-token-0000000";
    public static final String PHONE_NUMBER = "+15005550006";

    public static final String PLIVO_AUTH_ID = "MAHELIOGRAPH00000001";
    public static final String PLIVO_AUTH_TOKEN = "heliograph-simulator-plivo-token-0000000";

    public static final String FAST2SMS_KEY = "heliograph-simulator-fast2sms-key-0000000";

    public static final String TEXTLOCAL_KEY = "heliograph-simulator-textlocal-key-000000";

    /** The pair of its push service. With it nobody is pushed to whose browser is not on this machine. */
    public static final String VAPID_PUBLIC_KEY =
            "BJGZwMLGdcMEOfLSMZsTe7yVHmzbJoCW4PT2Gomr3HTgBzbeN76whsqrEoGXrt02ouX9eiLRtOoPThpmg6qdodw";

    public static final String VAPID_PRIVATE_KEY = "ycq77ZI-EKJcyT35MhGsU4ylS3JIjiwu95O87LDhcRo";

    private SimulatorAccount() {}
}
