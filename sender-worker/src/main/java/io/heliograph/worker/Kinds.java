package io.heliograph.worker;

import io.heliograph.address.AllowedAddresses;
import io.heliograph.providers.KindSettings;
import io.heliograph.providers.ProviderAccount;
import io.heliograph.providers.routing.AccountLimits;
import io.heliograph.worker.dryrun.DryRunProvider;
import io.heliograph.worker.email.SmtpProvider;
import io.heliograph.worker.email.SmtpSettings;
import io.heliograph.worker.provider.Provider;
import io.heliograph.worker.provider.ReceiptSource;
import io.heliograph.worker.push.WebPushProvider;
import io.heliograph.worker.push.WebPushSettings;
import io.heliograph.worker.sms.TwilioProvider;
import io.heliograph.worker.sms.TwilioSettings;
import io.heliograph.worker.sms.fast2sms.Fast2smsProvider;
import io.heliograph.worker.sms.fast2sms.Fast2smsSettings;
import io.heliograph.worker.sms.plivo.PlivoProvider;
import io.heliograph.worker.sms.plivo.PlivoSettings;
import io.heliograph.worker.sms.textlocal.TextlocalProvider;
import io.heliograph.worker.sms.textlocal.TextlocalSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds the provider that an account of the file asks for, by its kind, with nothing around it yet. */
final class Kinds {
    /** {@code receipts} is null where it cannot be asked for them. */
    record Bare(
            Provider provider,
            Supplier<Future<Void>> closer,
            @Nullable ReceiptSource receipts) {
        Bare(Provider provider, Supplier<Future<Void>> closer) {
            this(provider, closer, provider instanceof ReceiptSource source ? source : null);
        }
    }

    private Kinds() {}

    static Bare build(Vertx vertx, WorkerConfig config, ProviderAccount account) {
        return switch (account.settings()) {
            case KindSettings.Twilio settings -> {
                TwilioProvider provider = new TwilioProvider(vertx, twilio(config, account, settings));
                yield new Bare(provider, provider::close);
            }
            case KindSettings.Plivo settings -> {
                PlivoProvider provider = new PlivoProvider(vertx, plivo(config, account, settings));
                yield new Bare(provider, provider::close);
            }
            case KindSettings.Fast2Sms settings -> {
                Fast2smsProvider provider = new Fast2smsProvider(vertx, fast2sms(account, settings));
                yield new Bare(provider, provider::close);
            }
            case KindSettings.Textlocal settings -> {
                TextlocalProvider provider = new TextlocalProvider(vertx, textlocal(config, account, settings));
                yield new Bare(provider, provider::close);
            }
            case KindSettings.Smtp settings -> {
                SmtpProvider provider = new SmtpProvider(vertx, smtp(account, settings));
                yield new Bare(provider, provider::close);
            }
            case KindSettings.WebPush settings -> {
                WebPushProvider provider =
                        new WebPushProvider(vertx, webPush(config, account, settings), InstantSource.system());
                yield new Bare(provider, provider::close);
            }
            case KindSettings.DryRun _ -> new Bare(new DryRunProvider(account.name()), Future::succeededFuture);
        };
    }

    private static TwilioSettings twilio(WorkerConfig config, ProviderAccount account, KindSettings.Twilio settings) {
        return new TwilioSettings(
                account.name(),
                settings.baseUrl(),
                settings.accountSid(),
                settings.authToken(),
                account.senders(),
                account.limits().concurrency(),
                account.limits().timeout(),
                config.publicUrl(),
                config.lease().dividedBy(2));
    }

    private static PlivoSettings plivo(WorkerConfig config, ProviderAccount account, KindSettings.Plivo settings) {
        AccountLimits limits = account.limits();
        return new PlivoSettings(
                account.name(),
                settings.baseUrl(),
                settings.authId(),
                settings.authToken(),
                account.senders(),
                limits.batch(),
                limits.concurrency(),
                limits.timeout(),
                config.publicUrl());
    }

    private static Fast2smsSettings fast2sms(ProviderAccount account, KindSettings.Fast2Sms settings) {
        AccountLimits limits = account.limits();
        return new Fast2smsSettings(
                account.name(),
                settings.baseUrl(),
                settings.apiKey(),
                Fast2smsSettings.Route.of(settings.route()),
                settings.entityId(),
                account.senders(),
                limits.batch(),
                limits.concurrency(),
                limits.timeout());
    }

    private static TextlocalSettings textlocal(
            WorkerConfig config, ProviderAccount account, KindSettings.Textlocal settings) {
        AccountLimits limits = account.limits();
        return new TextlocalSettings(
                account.name(),
                settings.baseUrl(),
                settings.apiKey(),
                account.senders(),
                limits.batch(),
                limits.concurrency(),
                limits.timeout(),
                textlocalReceipts(config));
    }

    /** Textlocal signs nothing, so it is called back only where there is a secret to know it by. */
    private static @Nullable String textlocalReceipts(WorkerConfig config) {
        String secret = config.callbackSecret();
        return secret == null ? null : config.publicUrl() + "/callbacks/textlocal/status/" + secret;
    }

    private static WebPushSettings webPush(
            WorkerConfig config, ProviderAccount account, KindSettings.WebPush settings) {
        return new WebPushSettings(
                account.name(),
                settings.vapidPublicKey(),
                settings.vapidPrivateKey(),
                settings.subject(),
                AllowedAddresses.beside(config.pushAllow()),
                account.limits().concurrency(),
                account.limits().timeout());
    }

    private static SmtpSettings smtp(ProviderAccount account, KindSettings.Smtp settings) {
        return new SmtpSettings(
                account.name(),
                settings.host(),
                settings.port(),
                SmtpSettings.Tls.valueOf(settings.tls().name()),
                Objects.requireNonNullElse(settings.username(), ""),
                Objects.requireNonNullElse(settings.password(), ""),
                account.senders(),
                settings.unsubscribeUrl(),
                account.limits().concurrency(),
                account.limits().timeout());
    }
}
