package io.heliograph.worker.provider;

import io.heliograph.worker.sms.fast2sms.Fast2smsSettings;

/** Two registered texts in one call. */
class Fast2smsDltManualContractTest extends Fast2smsDltContractTest {
    @Override
    Fast2smsSettings.Route route() {
        return Fast2smsSettings.Route.DLT_MANUAL;
    }
}
