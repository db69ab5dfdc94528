/* Written by scripts/api-types.ts from the OpenAPI document; do not edit. */
/* sha256 fdf39e050a3880c0ccb37fb42475d64a014b7567d9bb08d18b5864b98147dff8 */
export interface paths {
    "/api/admin/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queues, subscriptions and outbox of every context */
        get: operations["get_api_admin_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log of accounts */
        get: operations["get_api_admin_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events and jobs that ran out of tries, newest first */
        get: operations["get_api_admin_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a parked event or job again */
        post: operations["post_api_admin_dead_letters_id_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/instalments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is paid in parts, newest first
         * @description `q` is an id, the buyer’s e-mail address, or a part of the title.
         */
        get: operations["get_api_admin_instalments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/instalments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Something that is paid in parts, with all that happened to it */
        get: operations["get_api_admin_instalments_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/instalments/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up somebody’s payment in parts
         * @description Nothing more is asked for. `access` ends or stays; with `refund: all` everything that was paid goes back, order by order.
         */
        post: operations["post_api_admin_instalments_id_cancellation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/instalments/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Charge for a late part now */
        post: operations["post_api_admin_instalments_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/ledger/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is booked to one account, newest first
         * @description `account` as the trial balance names it. Positive amounts are debits.
         */
        get: operations["get_api_admin_ledger_accounts_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/ledger/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The trial balance, and whether the books are whole */
        get: operations["get_api_admin_ledger_trial_balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/ledger/trial-balance.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The trial balance as a spreadsheet */
        get: operations["get_api_admin_ledger_trial_balance_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/mailbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Mails written by the platform, newest first
         * @description `q` looks in address, name, subject and kind.
         */
        get: operations["get_api_admin_mailbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/mailbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One mail as it was written, with its timeline
         * @description Where a mail server delivers mails, the copy kept here holds no one-time link. Without one, the link is in the mail until it is over; that of a password reset is shown to administrators only.
         */
        get: operations["get_api_admin_mailbox_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/mailbox/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a failed mail again */
        post: operations["post_api_admin_mailbox_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/notifications/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages of every channel, newest first
         * @description `q` looks in name, address and number.
         */
        get: operations["get_api_admin_notifications_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/notifications/log/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message with its timeline */
        get: operations["get_api_admin_notifications_log_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/notifications/log/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a failed message again */
        post: operations["post_api_admin_notifications_log_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/notifications/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of the messages of the last hours */
        get: operations["get_api_admin_notifications_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/notifications/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Addresses and numbers that are not written to, newest first */
        get: operations["get_api_admin_notifications_suppressions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/notifications/suppressions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Write to an address again */
        delete: operations["delete_api_admin_notifications_suppressions_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/notifications/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every kind of message */
        get: operations["get_api_admin_notifications_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/notifications/templates/{kind}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A kind of message with sample data, in a language and channel
         * @description Without `channel` in every channel the kind has.
         */
        get: operations["get_api_admin_notifications_templates_kind_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every order, newest first
         * @description `q` is a number, an id, or the buyer’s e-mail address.
         */
        get: operations["get_api_admin_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order with its evidence, its books and its disputes */
        get: operations["get_api_admin_orders_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payments/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What operators did with money, newest first */
        get: operations["get_api_admin_payments_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payments/breaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What does not fit and needs a person */
        get: operations["get_api_admin_payments_breaks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payments/evidence/{id}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that somebody has looked at what was flagged */
        post: operations["post_api_admin_payments_evidence_id_resolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payments/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How each provider is doing, and what is missing where one is not set up */
        get: operations["get_api_admin_payments_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payments/providers/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switch a provider off or on
         * @description Holds in every process at once. Switched off, nothing new is begun with it and kept methods wait; payments that have been begun go on, are reported on and given back.
         */
        put: operations["put_api_admin_payments_providers_name"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payments/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold a provider’s own report of a day against the books
         * @description Runs by itself every night for the day before. Running it again is harmless.
         */
        post: operations["post_api_admin_payments_reconciliations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payouts to sellers, newest first */
        get: operations["get_api_admin_payouts"];
        put?: never;
        /**
         * Make payouts of what sellers are owed
         * @description For those who have said where to, of what is older than the holding period.
         */
        post: operations["post_api_admin_payouts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payouts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payouts that wait to be sent, as a file for the bank */
        get: operations["get_api_admin_payouts_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payouts/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that the bank has sent a payout */
        post: operations["post_api_admin_payouts_id_confirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payouts/{id}/failure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that a payout did not arrive */
        post: operations["post_api_admin_payouts_id_failure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who tried which event or job again, newest first */
        get: operations["get_api_admin_replays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/seller-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sellers with terms of their own */
        get: operations["get_api_admin_seller_terms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/seller-terms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The terms of a seller, and every agreement before
         * @description Without an agreement the settings of the installation apply.
         */
        get: operations["get_api_admin_seller_terms_id"];
        /**
         * Agree on other terms with a seller
         * @description From the next order on. Recorded in the audit log of payments.
         */
        put: operations["put_api_admin_seller_terms_id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every subscription, newest first
         * @description `q` is an id, the subscriber’s e-mail address, or a part of the title.
         */
        get: operations["get_api_admin_subscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A subscription with all that happened to it */
        get: operations["get_api_admin_subscriptions_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End somebody’s subscription, with its period or at once
         * @description Money goes back by a refund of its order.
         */
        post: operations["post_api_admin_subscriptions_id_cancellation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Charge for an unpaid renewal now */
        post: operations["post_api_admin_subscriptions_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/subscriptions/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many subscriptions there are, and what they bring in a month */
        get: operations["get_api_admin_subscriptions_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tax-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules of tax, each with where it was read */
        get: operations["get_api_admin_tax_rules"];
        put?: never;
        /** Add a rule of tax */
        post: operations["post_api_admin_tax_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/tax-rules/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a rule of tax on a day */
        post: operations["post_api_admin_tax_rules_id_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find people */
        get: operations["get_api_admin_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person: the account, where it is signed in, who tried to */
        get: operations["get_api_admin_users_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change roles, or disable or enable an account
         * @description Each change is recorded in the audit log, with the reason. Disabling ends all sessions.
         */
        patch: operations["patch_api_admin_users_id"];
        trace?: never;
    };
    "/api/admin/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign a person out everywhere
         * @description Recorded in the audit log.
         */
        delete: operations["delete_api_admin_users_id_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget the wrong passwords counted for an account
         * @description Its owner may try again at once. Recorded in the audit log.
         */
        post: operations["post_api_admin_users_id_unlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhook-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A webhook delivery with its body and every try */
        get: operations["get_api_admin_webhook_deliveries_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhook-deliveries/{id}/redelivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a webhook delivery again */
        post: operations["post_api_admin_webhook_deliveries_id_redelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhook endpoints, and the events they can be told of */
        get: operations["get_api_admin_webhooks"];
        put?: never;
        /**
         * Add a webhook endpoint
         * @description The answer holds the secret, this once. Requests carry `Stoa-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">`; accept one when a `v1` matches and `t` is at most five minutes away. Answer with any 2xx within ten seconds. Failures are tried again for three days. `Stoa-Event-Id` names the event: it may come more than once.
         */
        post: operations["post_api_admin_webhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A webhook endpoint */
        get: operations["get_api_admin_webhooks_id"];
        put?: never;
        post?: never;
        /** Remove a webhook endpoint with its log */
        delete: operations["delete_api_admin_webhooks_id"];
        options?: never;
        head?: never;
        /** Change a webhook endpoint, or switch it off and on */
        patch: operations["patch_api_admin_webhooks_id"];
        trace?: never;
    };
    "/api/admin/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a webhook endpoint was told, newest first */
        get: operations["get_api_admin_webhooks_id_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a webhook endpoint an event that means nothing */
        post: operations["post_api_admin_webhooks_id_ping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret for a webhook endpoint
         * @description For a day requests are signed with the old one, too.
         */
        post: operations["post_api_admin_webhooks_id_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/confirm-email-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the e-mail address with the token of the link mailed to the new one
         * @description The old address is told and may undo it for 7 days.
         */
        post: operations["post_api_auth_confirm_email_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a link to set a new password
         * @description The answer is the same whether the address has an account or not.
         */
        post: operations["post_api_auth_forgot_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with e-mail address and password */
        post: operations["post_api_auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out, here or everywhere */
        post: operations["post_api_auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description Each refresh token works once. Using one a second time ends the session.
         */
        post: operations["post_api_auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account and sign in
         * @description Sends a verification mail. With an `Idempotency-Key`, a repeat gives the same account and session again.
         */
        post: operations["post_api_auth_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the token of the mailed link
         * @description Ends all sessions of the person.
         */
        post: operations["post_api_auth_reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/undo-email-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the account back with the token of the link mailed to the old address
         * @description The account has the old address again and a new password. Ends all sessions of the person.
         */
        post: operations["post_api_auth_undo_email_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify the e-mail address with the token of the mailed link */
        post: operations["post_api_auth_verify_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bundles for sale, newest first
         * @description With `course` only those that contain it, with `q` those that have every word of it in title or summary, with `language` those that speak it.
         */
        get: operations["get_api_bundles"];
        put?: never;
        /** Start a bundle of own courses as a draft */
        post: operations["post_api_bundles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bundles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A bundle with its courses, by id or slug
         * @description What it costs somebody who has some of its courses is what a quote says.
         */
        get: operations["get_api_bundles_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a bundle
         * @description Orders that exist keep what they were made of.
         */
        patch: operations["patch_api_bundles_id"];
        trace?: never;
    };
    "/api/bundles/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a bundle off sale */
        post: operations["post_api_bundles_id_archive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bundles/{id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a bundle a picture
         * @description Multipart with one image (PNG, JPEG, WebP, AVIF, GIF) of at most 5 MiB.
         */
        put: operations["put_api_bundles_id_cover"];
        post?: never;
        /** Take the picture of a bundle away */
        delete: operations["delete_api_bundles_id_cover"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bundles/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offer a bundle for sale */
        post: operations["post_api_bundles_id_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bundles/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bundles the person sells, in every state */
        get: operations["get_api_bundles_mine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Categories of courses */
        get: operations["get_api_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A certificate as PDF
         * @description For its holder, the instructor of the course and administrators.
         */
        get: operations["get_api_certificates_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/{id}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a certificate */
        post: operations["post_api_certificates_id_revocation"];
        /** Make a revoked certificate valid again */
        delete: operations["delete_api_certificates_id_revocation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/certificates/verify/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a certificate is genuine
         * @description Open to anyone with the code, however it is typed: case, spaces and hyphens do not matter.
         */
        get: operations["get_api_certificates_verify_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Coupons: one’s own, or all for operators */
        get: operations["get_api_coupons"];
        put?: never;
        /**
         * Make a coupon
         * @description Either `percent` (ten-thousandths) or `amount`. A seller’s coupon is good for what they sell; `skus` narrows it, `course:*` means every course.
         */
        post: operations["post_api_coupons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/coupons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Switch a coupon on or off */
        patch: operations["patch_api_coupons_id"];
        trace?: never;
    };
    "/api/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue: published courses, newest first */
        get: operations["get_api_courses"];
        put?: never;
        /** Start a course as a draft */
        post: operations["post_api_courses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A course, by id or slug */
        get: operations["get_api_courses_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a course
         * @description With `If-Match: "<version>"` it refuses when someone else changed the course meanwhile.
         */
        patch: operations["patch_api_courses_id"];
        trace?: never;
    };
    "/api/courses/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a course out of the catalogue */
        post: operations["post_api_courses_id_archive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a course a picture
         * @description Multipart with one image (PNG, JPEG, WebP, AVIF, GIF) of at most 5 MiB. The version of the course stays, so it is not in the way of `If-Match`.
         */
        put: operations["put_api_courses_id_cover"];
        post?: never;
        /** Take the picture of a course away */
        delete: operations["delete_api_courses_id_cover"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}/enrollment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My enrollment in a course */
        get: operations["get_api_courses_id_enrollment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}/enrollments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enroll in a course that is free or in my membership
         * @description Enrolling again gives the same enrollment; someone who left comes back to their progress.
         */
        post: operations["post_api_courses_id_enrollments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a file for the lessons of a course
         * @description Multipart with one file: MP4 or WebM, MP3, OGG, WAV or M4A, PDF, ZIP, PNG, JPEG, WebP, AVIF, GIF, or captions (WebVTT, or SubRip, which becomes WebVTT). The `src` of the answer is what a `video`, `audio`, `image` or `file` block of a lesson of this course shows.
         */
        post: operations["post_api_courses_id_files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}/lessons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The outline in order, with what is locked and why */
        get: operations["get_api_courses_id_lessons"];
        put?: never;
        /**
         * Add a lesson at the end of a module
         * @description Its content is `content` or `markdown`, not both.
         */
        post: operations["post_api_courses_id_lessons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}/lessons/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a lesson from a file
         * @description Multipart: `title` of the lesson, `module` (its title; a new one makes a new module), and behind them one file of the types that `POST /api/courses/{id}/files` takes, without captions.
         */
        post: operations["post_api_courses_id_lessons_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Memberships that include a course which costs something
         * @description Those the person has first, then the cheapest.
         */
        get: operations["get_api_courses_id_memberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a course into the catalogue */
        post: operations["post_api_courses_id_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The person's imports, newest first */
        get: operations["get_api_courses_imports"];
        put?: never;
        /**
         * Import a course from an archive (tar.gz or zip)
         * @description Multipart with one file. The format (olx or markdown) is recognized unless the query or a form field before the file names it.
         */
        post: operations["post_api_courses_imports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an import is going, and its loss report */
        get: operations["get_api_courses_imports_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/courses/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Courses the person teaches, in every state */
        get: operations["get_api_courses_mine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enrollments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My courses with how far I am
         * @description `order=enrolled` (newest enrollment first) is for complete walks, `order=recent` (last studied first) for the top of a dashboard.
         */
        get: operations["get_api_enrollments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enrollments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Leave a course that is free or in my membership; progress is kept */
        delete: operations["delete_api_enrollments_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gifts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A gift, for whoever holds its link */
        get: operations["get_api_gifts_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gifts/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take up a gift */
        post: operations["post_api_gifts_id_claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instalments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I pay in parts, newest first */
        get: operations["get_api_instalments"];
        put?: never;
        /**
         * Buy one thing in parts
         * @description Pay `openOrderId` as any order: the plan begins with it, and access with the plan. Later parts are charged to the method it was paid with, where its provider keeps methods; else they are paid by hand.
         */
        post: operations["post_api_instalments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instalments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Something I pay in parts, with its schedule and invoices */
        get: operations["get_api_instalments_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instalments/{id}/next-part": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay the next part now
         * @description Pay `openOrderId` as any order: late, ahead of its day, or with another payment method, which is then kept for the parts to come.
         */
        post: operations["post_api_instalments_id_next_part"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instalments/{id}/rest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay all that is left at once
         * @description Pay `openOrderId` as any order; the plan is completed with it. The surcharge of parts that are not due yet falls away.
         */
        post: operations["post_api_instalments_id_rest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/instalments/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a cart costs in parts, and when
         * @description Nothing is held. A cart that cannot be paid in parts says why.
         */
        post: operations["post_api_instalments_quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My invoices and credit notes, newest first */
        get: operations["get_api_invoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An invoice or credit note as PDF, JSON or UBL 2.1 */
        get: operations["get_api_invoices_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lessons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A lesson with its content and the addresses of its files */
        get: operations["get_api_lessons_id"];
        put?: never;
        post?: never;
        /**
         * Remove a lesson from its course
         * @description What learners did in it counts no more; whoever has completed all that remain has completed the course. A module that is empty then goes. The next import of a course from a source brings its lessons back.
         */
        delete: operations["delete_api_lessons_id"];
        options?: never;
        head?: never;
        /**
         * Change a lesson
         * @description With `If-Match: "<version>"` it refuses when someone else changed the lesson meanwhile. Its content is `content` or `markdown`, not both. Lines of `markdown` like `![Video](kept:1)` stand for parts of the version that `If-Match` names, and are refused without it.
         */
        patch: operations["patch_api_lessons_id"];
        trace?: never;
    };
    "/api/lessons/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a lesson another file, captions or a poster
         * @description Multipart with one file, of the types that `POST /api/courses/{id}/files` takes. `of` is the `src` of the block it is for: the file comes in its place (`as=content`), or becomes the captions (WebVTT or SubRip) or the poster of that film. Without `of` it comes behind what is in the lesson. The language of captions is in the query, or in a field of the form before the file. Changes the lesson in the language its course was written in.
         */
        put: operations["put_api_lessons_id_file"];
        post?: never;
        /**
         * Take captions or the poster away from a film of a lesson
         * @description `of` is the `src` of the film; `language` is that of the captions.
         */
        delete: operations["delete_api_lessons_id_file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lessons/{id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Move a lesson within its module, or into another one
         * @description `position` is its new place in the module, counted from 1; behind the last is the last. Without `moduleId` it stays in its module. A module that is empty then goes. The lesson keeps its version. The next import of a course from a source puts its lessons back as they are there.
         */
        put: operations["put_api_lessons_id_place"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lessons/{id}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A lesson as Markdown, to write in
         * @description In the language its course was written in. What Markdown cannot say stands in it as a line like `![Video: Take 2](kept:1)`, to move or to take out. Send it back as `markdown` with `If-Match`: `PATCH /api/lessons/{id}`. Null when even so something would change.
         */
        get: operations["get_api_lessons_id_text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lessons/{lessonId}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Problems of a lesson
         * @description In order, without their answers, with your own state. Preview lessons are open to everyone.
         */
        get: operations["get_api_lessons_lessonId_problems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file, whole or one byte range of it
         * @description Public files are open to anyone. Lesson material needs a signed address (as lessons carry them), or the token of a person who is enrolled, the instructor or an administrator. Honours Range, If-Range, If-None-Match and If-Modified-Since.
         */
        get: operations["get_api_media_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Memberships that are offered, newest first */
        get: operations["get_api_memberships"];
        put?: never;
        /**
         * Start a membership as a draft
         * @description One of the `house` is an administrator’s to make; only the house includes the whole `catalogue`.
         */
        post: operations["post_api_memberships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A membership, by id, by slug or by one of its plans */
        get: operations["get_api_memberships_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a membership
         * @description A new price is for those who subscribe from now on. With `If-Match: "<version>"` it refuses when someone else changed it meanwhile.
         */
        patch: operations["patch_api_memberships_id"];
        trace?: never;
    };
    "/api/memberships/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer a membership to nobody new
         * @description Whoever has subscribed keeps it and renews it.
         */
        post: operations["post_api_memberships_id_archive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{id}/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The courses a membership includes, newest first */
        get: operations["get_api_memberships_id_courses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offer a membership */
        post: operations["post_api_memberships_id_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Memberships that are open to me now */
        get: operations["get_api_memberships_held"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/memberships/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Memberships I sell, in every state
         * @description For administrators with those of the house.
         */
        get: operations["get_api_memberships_mine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/method-setups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How keeping a payment method stands
         * @description With `refresh` the provider is asked again soon.
         */
        get: operations["get_api_method_setups_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/modules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename a module, or move it
         * @description `position` is its new place in the outline, counted from 1; behind the last is the last. The next import of a course from a source puts its modules back as they are there.
         */
        patch: operations["patch_api_modules_id"];
        trace?: never;
    };
    "/api/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your notifications, newest first */
        get: operations["get_api_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Mark a notification read or unread */
        patch: operations["patch_api_notifications_id"];
        trace?: never;
    };
    "/api/notifications/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your devices that get push messages */
        get: operations["get_api_notifications_devices"];
        put?: never;
        /**
         * Get push messages on this device
         * @description An app sends its FCM registration token, a browser its push subscription. Again: refreshes it.
         */
        post: operations["post_api_notifications_devices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Stop push messages on a device */
        delete: operations["delete_api_notifications_devices_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your number for text messages */
        get: operations["get_api_notifications_phone"];
        put?: never;
        /**
         * Give a number and get a code there
         * @description The number in E.164. It is used once the code came back.
         */
        post: operations["post_api_notifications_phone"];
        /** Forget your number */
        delete: operations["delete_api_notifications_phone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/phone/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm your number with the code */
        post: operations["post_api_notifications_phone_confirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which messages you get, by kind and channel */
        get: operations["get_api_notifications_preferences"];
        /**
         * Choose which messages you get
         * @description Replaces your choices; what you leave out is at its default: text messages off, everything else on. Messages about security cannot be switched off. `quietHours` and `digest` stay as they are when left out.
         */
        put: operations["put_api_notifications_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/push-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The key that browsers subscribe to push messages with
         * @description The application server key (RFC 8292), base64url. `apps` says whether apps may register too.
         */
        get: operations["get_api_notifications_push_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/read-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark your notifications read
         * @description With `upTo` only that one and older ones: what came after you looked stays unread.
         */
        post: operations["post_api_notifications_read_all"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a link from a mail is about */
        get: operations["get_api_notifications_subscription"];
        /** End mails of a kind, or let them come again, by a link from a mail */
        put: operations["put_api_notifications_subscription"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page of such a link, for mail programs that only open it */
        get: operations["get_api_notifications_unsubscribe"];
        put?: never;
        /**
         * End mails of a kind with one click in the mail program (RFC 8058)
         * @description The address stands in the List-Unsubscribe header of such mails. The body is not looked at.
         */
        post: operations["post_api_notifications_unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/webhooks/sendgrid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signed event webhook of SendGrid */
        post: operations["post_api_notifications_webhooks_sendgrid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/webhooks/twilio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Status callbacks and incoming messages of Twilio
         * @description Signed by Twilio over our public address, whatever proxies stand in between.
         */
        post: operations["post_api_notifications_webhooks_twilio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My orders, newest first */
        get: operations["get_api_orders"];
        put?: never;
        /**
         * Order something
         * @description Prices are the markets’, never the client’s. Without an account the e-mail address is needed, and `claimToken` opens the order to whoever holds it: send it as `token` with every later request.
         */
        post: operations["post_api_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order with its payments, refunds and invoices */
        get: operations["get_api_orders_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up an order that waits for its payment */
        post: operations["post_api_orders_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a guest’s order mine */
        post: operations["post_api_orders_id_claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay an order
         * @description Answers at once with status `created`; the provider is called by the payment queue. Ask `GET /api/payments/{id}` for `nextAction`.
         */
        post: operations["post_api_orders_id_payments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{id}/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Seats of an order that are assigned */
        get: operations["get_api_orders_id_seats"];
        put?: never;
        /**
         * Assign a seat to an e-mail address
         * @description The person gets a mail with `link`, where the seat is taken up.
         */
        post: operations["post_api_orders_id_seats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a cart costs now
         * @description Nothing is held. Lines and coupons that cannot be had say why and are not part of the sums.
         */
        post: operations["post_api_orders_quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A payment and what the payer does next
         * @description `refresh` when the payer has just come back: the provider is asked again soon.
         */
        get: operations["get_api_payments_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call a payment off, to choose another way */
        post: operations["post_api_payments_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for money back, all of it or a part
         * @description Buyers within the days the item allows, with access ending; support always, and `access` decides. Without lines and amount everything that is left goes back.
         */
        post: operations["post_api_payments_id_refunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/courses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Order a course and pay it, in one step */
        post: operations["post_api_payments_courses_id"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ways to pay
         * @description With an amount and a currency, whether each takes them; with `renewing`, whether it can charge again by itself. What cannot be used says why.
         */
        get: operations["get_api_payments_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/problems/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One problem */
        get: operations["get_api_problems_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/problems/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit an attempt
         * @description Graded at once. Answers go by response id: one choice id, a list of them, or a text. Numbers are read in the language of `Accept-Language`. What cannot be read is refused and not counted.
         */
        post: operations["post_api_problems_id_attempts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/problems/{id}/hints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the next hint
         * @description Hints cost nothing and stay visible. After the last one nothing changes.
         */
        post: operations["post_api_problems_id_hints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/progress/courses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far I am in a course, lesson by lesson */
        get: operations["get_api_progress_courses_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/progress/lessons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say how far I am in a lesson
         * @description `viewed` keeps the position and what was watched; `completed` is the learner’s word, refused for lessons completed by passing problems. Watching 90 % of a video lesson completes it: of the length that the course says, or that the player read in the file (`mediaSeconds`). Nothing goes back: repeats and late reports are harmless.
         */
        post: operations["post_api_progress_lessons_id"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/realtime/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a ticket for the WebSocket
         * @description Works once, for 30 seconds: open `/api/realtime?ticket=...` and send `{"resumeAfter": id}` with the newest notification you have (null if you have none). What you missed follows, then news as they come: `{"type":"notification","notification":{...}}`, `{"type":"unread","unread":n}`, and `{"type":"reload"}` when you missed too much and should load the list. On close code 4001 come back with a new ticket; on 4029 close another page first.
         */
        post: operations["post_api_realtime_tickets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sandbox/checkout/{providerReference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The sandbox’s payment page
         * @description A page for people: choose a test card, confirm, or see how it ended.
         */
        get: operations["get_api_sandbox_checkout_providerReference"];
        put?: never;
        /** Send the form of the sandbox’s payment page */
        post: operations["post_api_sandbox_checkout_providerReference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sandbox/payments/{providerReference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Play the payer of a sandbox payment
         * @description For programs: what a person does on the sandbox’s page. The provider reference is the last part of the address in `nextAction.url`. `challenge` makes the bank ask; answer it with `succeed` or `decline`.
         */
        post: operations["post_api_sandbox_payments_providerReference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Seats that wait for me
         * @description Those given to the e-mail address of the account, once it is verified.
         */
        get: operations["get_api_seats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seats/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A seat, for whoever holds its link or whose address it was given to */
        get: operations["get_api_seats_id"];
        put?: never;
        post?: never;
        /** Take a seat back */
        delete: operations["delete_api_seats_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seats/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take my seat
         * @description With the token of its link; without one when it was given to the verified address of the account.
         */
        post: operations["post_api_seats_id_claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seats/{id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to the person of a seat once more */
        post: operations["post_api_seats_id_invitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seller/instalments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is bought from me in parts, newest first */
        get: operations["get_api_seller_instalments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seller/payout-method": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I am paid */
        get: operations["get_api_seller_payout_method"];
        /** Say where I want to be paid */
        put: operations["put_api_seller_payout_method"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seller/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I was paid, newest first */
        get: operations["get_api_seller_payouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seller/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I have sold, newest first */
        get: operations["get_api_seller_sales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seller/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I am owed, and how it came to be */
        get: operations["get_api_seller_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seller/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My statement as a spreadsheet */
        get: operations["get_api_seller_statement_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seller/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many subscribe to my plans, and what they bring in a month */
        get: operations["get_api_seller_subscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/seller/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What I sold in each month, item by item
         * @description Months are UTC, by when the order was paid. `earned` is what refunds left of it for the seller.
         */
        get: operations["get_api_seller_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My subscriptions, newest first */
        get: operations["get_api_subscriptions"];
        put?: never;
        /**
         * Subscribe to a plan
         * @description Pay `openOrderId` as any order: its payment is under way already and in `GET /api/orders/{id}`. A trial begins at once.
         */
        post: operations["post_api_subscriptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My subscription with its payments and invoices */
        get: operations["get_api_subscriptions_id"];
        put?: never;
        post?: never;
        /** Cancel a subscription at the end of its period */
        delete: operations["delete_api_subscriptions_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a payment method with nothing to pay
         * @description On trial, or in place of another: renewals are charged with it. Answers at once; ask `GET /api/method-setups/{id}` for `nextAction`. Beginning anew ends the one before.
         */
        post: operations["post_api_subscriptions_id_methods"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/next-period": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay the next period now, with another payment method
         * @description Pay `openOrderId` as any order: the method it is paid with is kept. Time that is paid for stays; left unpaid, the method kept before is charged when it is due.
         */
        post: operations["post_api_subscriptions_id_next_period"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop renewing until I go on */
        post: operations["post_api_subscriptions_id_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change to another plan from now on
         * @description What is not used of the period comes off the price; the rest, if any, off the next period’s.
         */
        post: operations["post_api_subscriptions_id_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/plan/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a change to another plan would cost now */
        post: operations["post_api_subscriptions_id_plan_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a cancellation back, or go on after a pause */
        post: operations["post_api_subscriptions_id_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What subscribing to a plan means for me */
        post: operations["post_api_subscriptions_quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The person who is signed in */
        get: operations["get_api_users_me"];
        put?: never;
        post?: never;
        /** Delete the account and its personal data */
        delete: operations["delete_api_users_me"];
        options?: never;
        head?: never;
        /** Change name, language or time zone */
        patch: operations["patch_api_users_me"];
        trace?: never;
    };
    "/api/users/me/email-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The new e-mail address that waits to be confirmed */
        get: operations["get_api_users_me_email_change"];
        put?: never;
        /**
         * Ask to change the e-mail address
         * @description Sends a link to the new address; until it is used nothing changes. The answer is the same whether the new address has an account or not, but then no mail goes there.
         */
        post: operations["post_api_users_me_email_change"];
        /** Keep the e-mail address and end the link that would change it */
        delete: operations["delete_api_users_me_email_change"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/email-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the verification mail again */
        post: operations["post_api_users_me_email_verification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for everything the platform holds of the person
         * @description Gathered from every context by a job; a mail says when it is ready. While one is under way, the answer is that one.
         */
        post: operations["post_api_users_me_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest exports of the person, newest first */
        get: operations["get_api_users_me_exports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/exports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The file of an export, on proof of the password
         * @description One JSON document: for each context its sections, for each section a list of records.
         */
        post: operations["post_api_users_me_exports_id_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Ends all other sessions of the person; the one the request came with stays.
         */
        post: operations["post_api_users_me_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the product looks and behaves for the person */
        get: operations["get_api_users_me_preferences"];
        /** Replace the preferences */
        put: operations["put_api_users_me_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the person is signed in */
        get: operations["get_api_users_me_sessions"];
        put?: never;
        post?: never;
        /** Sign out everywhere */
        delete: operations["delete_api_users_me_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session */
        delete: operations["delete_api_users_me_sessions_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A report from a provider
         * @description Verified on the exact bytes by the provider’s own scheme, made durable, then accepted. Repeats change nothing.
         */
        post: operations["post_api_webhooks_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/pix/pix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A report from a bank, where it sends what it was given and `/pix`
         * @description Banks append `/pix` to the address that was registered. Registered as `/api/webhooks` they report to the operation above, registered as `/api/webhooks/pix` to this one.
         */
        post: operations["post_api_webhooks_pix_pix"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wish-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Courses I keep for later, kept last first */
        get: operations["get_api_wish_list"];
        put?: never;
        /**
         * Take over what a browser kept before I signed in
         * @description Courses that do not exist or for which there is no room are left out. What is kept already stays.
         */
        post: operations["post_api_wish_list"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wish-list/{courseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep a course for later */
        put: operations["put_api_wish_list_courseId"];
        post?: never;
        /** Forget a course I kept */
        delete: operations["delete_api_wish_list_courseId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wish-list/ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which courses I keep for later */
        get: operations["get_api_wish_list_ids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @description Stable; what a program acts on. */
            code: string;
            detail?: string;
            errors?: {
                code: string;
                message: string;
                pointer: string;
            }[];
            instance: string;
            status: number;
            /** @description What went wrong, in the language of the request. */
            title: string;
            traceId: string;
            /** @description Where the code is explained. */
            type: string;
        };
        schema0_108251c6: {
            content?: ({
                marks?: ({
                    /** @constant */
                    type: "bold";
                } | {
                    /** @constant */
                    type: "italic";
                } | {
                    /** @constant */
                    type: "underline";
                } | {
                    /** @constant */
                    type: "strike";
                } | {
                    /** @constant */
                    type: "code";
                } | {
                    /** @constant */
                    type: "subscript";
                } | {
                    /** @constant */
                    type: "superscript";
                } | {
                    /** @constant */
                    type: "highlight";
                } | {
                    attrs: {
                        href: string;
                        title?: string;
                    };
                    /** @constant */
                    type: "link";
                })[];
                text: string;
                /** @constant */
                type: "text";
            } | {
                /** @constant */
                type: "hardBreak";
            } | {
                attrs: {
                    latex: string;
                };
                /** @constant */
                type: "inlineMath";
            } | {
                attrs: {
                    alt: string;
                    src: string;
                };
                /** @constant */
                type: "inlineImage";
            })[];
            /** @constant */
            type: "paragraph";
        } | {
            attrs: {
                id?: string;
                level: number;
            };
            content?: ({
                marks?: ({
                    /** @constant */
                    type: "bold";
                } | {
                    /** @constant */
                    type: "italic";
                } | {
                    /** @constant */
                    type: "underline";
                } | {
                    /** @constant */
                    type: "strike";
                } | {
                    /** @constant */
                    type: "code";
                } | {
                    /** @constant */
                    type: "subscript";
                } | {
                    /** @constant */
                    type: "superscript";
                } | {
                    /** @constant */
                    type: "highlight";
                } | {
                    attrs: {
                        href: string;
                        title?: string;
                    };
                    /** @constant */
                    type: "link";
                })[];
                text: string;
                /** @constant */
                type: "text";
            } | {
                /** @constant */
                type: "hardBreak";
            } | {
                attrs: {
                    latex: string;
                };
                /** @constant */
                type: "inlineMath";
            } | {
                attrs: {
                    alt: string;
                    src: string;
                };
                /** @constant */
                type: "inlineImage";
            })[];
            /** @constant */
            type: "heading";
        } | {
            content: {
                attrs?: {
                    checked?: boolean;
                };
                content: components["schemas"]["schema0_108251c6"][];
                /** @constant */
                type: "listItem";
            }[];
            /** @constant */
            type: "bulletList";
        } | {
            attrs?: {
                start?: number;
            };
            content: {
                attrs?: {
                    checked?: boolean;
                };
                content: components["schemas"]["schema0_108251c6"][];
                /** @constant */
                type: "listItem";
            }[];
            /** @constant */
            type: "orderedList";
        } | {
            content: components["schemas"]["schema0_108251c6"][];
            /** @constant */
            type: "blockquote";
        } | {
            attrs: {
                /** @enum {string} */
                tone: "note" | "tip" | "warning";
            };
            content: components["schemas"]["schema0_108251c6"][];
            /** @constant */
            type: "callout";
        } | {
            attrs: {
                summary: string;
            };
            content: components["schemas"]["schema0_108251c6"][];
            /** @constant */
            type: "details";
        } | {
            attrs: {
                language?: string;
            };
            text: string;
            /** @constant */
            type: "codeBlock";
        } | {
            attrs: {
                latex: string;
            };
            /** @constant */
            type: "mathBlock";
        } | {
            /** @constant */
            type: "horizontalRule";
        } | {
            attrs: {
                alt: string;
                caption?: string;
                height?: number;
                src: string;
                width?: number;
            };
            /** @constant */
            type: "image";
        } | {
            attrs?: {
                caption?: string;
            };
            content: {
                content: {
                    attrs?: {
                        colspan?: number;
                        rowspan?: number;
                    };
                    content: components["schemas"]["schema0_108251c6"][];
                    /** @enum {string} */
                    type: "tableCell" | "tableHeader";
                }[];
                /** @constant */
                type: "tableRow";
            }[];
            /** @constant */
            type: "table";
        } | {
            attrs: {
                captions?: {
                    label: string;
                    language: string;
                    src: string;
                }[];
                durationSeconds?: number;
                id: string;
                posterSrc?: string;
                src: string;
                title: string;
            };
            /** @constant */
            type: "video";
        } | {
            attrs: {
                durationSeconds?: number;
                id: string;
                src: string;
                title: string;
            };
            /** @constant */
            type: "audio";
        } | {
            attrs: {
                bytes?: number;
                name: string;
                src: string;
            };
            /** @constant */
            type: "file";
        } | {
            attrs: {
                src: string;
                title: string;
            };
            /** @constant */
            type: "embed";
        } | {
            attrs: {
                problemId: string;
            };
            /** @constant */
            type: "problem";
        } | {
            attrs: {
                kind: string;
                note: string;
                says?: components["schemas"]["schema1_108251c6"];
                title: string;
            };
            /** @constant */
            type: "unsupported";
        };
        schema1_108251c6: {
            code: string;
            params: {
                [key: string]: string | number | components["schemas"]["schema1_108251c6"];
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_api_admin_activity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            context: string;
                            outboxPosition: number;
                            outboxWaiting: number;
                            queues: {
                                active: number;
                                failed: number;
                                name: string;
                                waiting: number;
                            }[];
                            reachable: boolean;
                            subscriptions: {
                                position: number;
                                source: string;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_audit: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            action: string;
                            actor: {
                                id: string | null;
                                kind: string;
                            };
                            /** Format: date-time */
                            at: string;
                            details: {
                                [key: string]: unknown;
                            };
                            /** Format: uuid */
                            id: string;
                            ip: string | null;
                            subjectId: string | null;
                            traceId: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_dead_letters: {
        parameters: {
            query?: {
                context?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            attempts: number;
                            context: string;
                            error: string;
                            id: string;
                            /** @enum {string} */
                            kind: "event" | "job";
                            name: string;
                            /** Format: date-time */
                            parkedAt: string;
                            payload: unknown;
                        }[];
                        unreachable: string[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_dead_letters_id_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    context: string;
                    /** @enum {string} */
                    kind: "event" | "job";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string | null;
                        handled: number;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_instalments: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                q?: string;
                state?: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            buyer: {
                                email: string;
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            coupon: string | null;
                            coverUrl: string;
                            /** Format: date-time */
                            createdAt: string;
                            endedAt: string | null;
                            entitled: boolean;
                            failures: number;
                            /** Format: uuid */
                            id: string;
                            methodKept: boolean;
                            nextPart: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                dueAt: string;
                                part: number;
                            } | null;
                            nextTryAt: string | null;
                            openOrderId: string | null;
                            paid: {
                                amount: number;
                                currency: string;
                            };
                            paidParts: number;
                            parts: number;
                            path: string;
                            provider: string | null;
                            remaining: {
                                amount: number;
                                currency: string;
                            };
                            schedule: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                dueAt: string;
                                orderId: string | null;
                                paidAt: string | null;
                                part: number;
                                /** @enum {string} */
                                state: "paid" | "upcoming" | "overdue" | "canceled";
                                waived: {
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            sellerId: string | null;
                            sku: string;
                            startedAt: string | null;
                            /** @enum {string} */
                            state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                            surcharge: number;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_instalments_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            /** @enum {string} */
                            actor: "buyer" | "operator" | "platform";
                            actorId: string | null;
                            /** Format: date-time */
                            at: string;
                            change: string;
                            entitled: boolean;
                            note: string;
                            revision: number;
                            /** @enum {string} */
                            state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                        }[];
                        method: string | null;
                        orders: {
                            /** Format: uuid */
                            id: string;
                            invoice: {
                                /** Format: uuid */
                                id: string;
                                number: string;
                            } | null;
                            number: string;
                            paidAt: string | null;
                            paymentId: string | null;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            /** @enum {string} */
                            state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        plan: {
                            buyer: {
                                email: string;
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            coupon: string | null;
                            coverUrl: string;
                            /** Format: date-time */
                            createdAt: string;
                            endedAt: string | null;
                            entitled: boolean;
                            failures: number;
                            /** Format: uuid */
                            id: string;
                            methodKept: boolean;
                            nextPart: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                dueAt: string;
                                part: number;
                            } | null;
                            nextTryAt: string | null;
                            openOrderId: string | null;
                            paid: {
                                amount: number;
                                currency: string;
                            };
                            paidParts: number;
                            parts: number;
                            path: string;
                            provider: string | null;
                            remaining: {
                                amount: number;
                                currency: string;
                            };
                            schedule: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                dueAt: string;
                                orderId: string | null;
                                paidAt: string | null;
                                part: number;
                                /** @enum {string} */
                                state: "paid" | "upcoming" | "overdue" | "canceled";
                                waived: {
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            sellerId: string | null;
                            sku: string;
                            startedAt: string | null;
                            /** @enum {string} */
                            state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                            surcharge: number;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        };
                    };
                };
            };
            /** @description A problem. Codes: instalments_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_instalments_id_cancellation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default end
                     * @enum {string}
                     */
                    access?: "end" | "keep";
                    note: string;
                    /**
                     * @default none
                     * @enum {string}
                     */
                    refund?: "none" | "all";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer: {
                            email: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                        };
                        coupon: string | null;
                        coverUrl: string;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        entitled: boolean;
                        failures: number;
                        /** Format: uuid */
                        id: string;
                        methodKept: boolean;
                        nextPart: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            part: number;
                        } | null;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        paid: {
                            amount: number;
                            currency: string;
                        };
                        paidParts: number;
                        parts: number;
                        path: string;
                        provider: string | null;
                        remaining: {
                            amount: number;
                            currency: string;
                        };
                        schedule: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            orderId: string | null;
                            paidAt: string | null;
                            part: number;
                            /** @enum {string} */
                            state: "paid" | "upcoming" | "overdue" | "canceled";
                            waived: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        sellerId: string | null;
                        sku: string;
                        startedAt: string | null;
                        /** @enum {string} */
                        state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                        surcharge: number;
                        title: string;
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: instalments_not_found, not_allowed, not_signed_in, payment_in_progress, refund_not_possible, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_instalments_id_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer: {
                            email: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                        };
                        coupon: string | null;
                        coverUrl: string;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        entitled: boolean;
                        failures: number;
                        /** Format: uuid */
                        id: string;
                        methodKept: boolean;
                        nextPart: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            part: number;
                        } | null;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        paid: {
                            amount: number;
                            currency: string;
                        };
                        paidParts: number;
                        parts: number;
                        path: string;
                        provider: string | null;
                        remaining: {
                            amount: number;
                            currency: string;
                        };
                        schedule: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            orderId: string | null;
                            paidAt: string | null;
                            part: number;
                            /** @enum {string} */
                            state: "paid" | "upcoming" | "overdue" | "canceled";
                            waived: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        sellerId: string | null;
                        sku: string;
                        startedAt: string | null;
                        /** @enum {string} */
                        state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                        surcharge: number;
                        title: string;
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: instalments_not_found, instalments_not_retryable, not_allowed, not_signed_in, provider_unavailable, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_ledger_accounts_account: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: string;
                        balance: number;
                        credit: number;
                        currency: string;
                        debit: number;
                        holder: string;
                        items: {
                            amount: number;
                            /** Format: date-time */
                            at: string;
                            id: string;
                            kind: string;
                            orderId: string | null;
                            orderNumber: string | null;
                            title: string | null;
                        }[];
                        kind: string;
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: account_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_ledger_trial_balance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            account: string;
                            balance: number;
                            credit: number;
                            currency: string;
                            debit: number;
                            holder: string;
                            kind: string;
                        }[];
                        broken: {
                            subject: string;
                            why: string;
                        }[];
                        intact: boolean;
                        totals: {
                            credit: number;
                            currency: string;
                            debit: number;
                            difference: number;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_ledger_trial_balance_csv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_mailbox: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                q?: string;
                state?: "held" | "queued" | "sent" | "delivered" | "bounced" | "digested" | "failed" | "suppressed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            attempts: number;
                            /** Format: date-time */
                            createdAt: string;
                            id: string;
                            kind: string;
                            locale: string | null;
                            reason: string | null;
                            sentAt: string | null;
                            /** @enum {string} */
                            state: "held" | "queued" | "sent" | "delivered" | "bounced" | "digested" | "failed" | "suppressed";
                            subject: string | null;
                            to: {
                                address: string;
                                name: string;
                            } | null;
                            transport: ("smtp" | "sendgrid" | "mailbox") | null;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_mailbox_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attachments: {
                            bytes: number;
                            fileName: string;
                        }[];
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        headers: {
                            [key: string]: string;
                        };
                        html: string | null;
                        id: string;
                        kind: string;
                        linkHidden: boolean;
                        locale: string | null;
                        reason: string | null;
                        sentAt: string | null;
                        /** @enum {string} */
                        state: "held" | "queued" | "sent" | "delivered" | "bounced" | "digested" | "failed" | "suppressed";
                        subject: string | null;
                        text: string | null;
                        timeline: {
                            /** Format: date-time */
                            at: string;
                            detail: string | null;
                            what: string;
                        }[];
                        to: {
                            address: string;
                            name: string;
                        } | null;
                        transport: ("smtp" | "sendgrid" | "mailbox") | null;
                    };
                };
            };
            /** @description A problem. Codes: mail_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_mailbox_id_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @constant */
                        state: "queued";
                    };
                };
            };
            /** @description A problem. Codes: mail_not_failed, mail_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_notifications_log: {
        parameters: {
            query?: {
                channel?: "email" | "sms" | "push" | "inapp";
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                kind?: string;
                limit?: number;
                q?: string;
                state?: "held" | "queued" | "sent" | "delivered" | "bounced" | "digested" | "failed" | "suppressed";
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            attempts: number;
                            /** @enum {string} */
                            channel: "email" | "sms" | "push" | "inapp";
                            /** Format: date-time */
                            createdAt: string;
                            dueAt: string | null;
                            id: string;
                            kind: string;
                            provider: string | null;
                            reason: string | null;
                            sentAt: string | null;
                            /** @enum {string} */
                            state: "held" | "queued" | "sent" | "delivered" | "bounced" | "digested" | "failed" | "suppressed";
                            to: {
                                address: string | null;
                                name: string;
                            };
                            userId: string | null;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_notifications_log_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: number;
                        /** @enum {string} */
                        channel: "email" | "sms" | "push" | "inapp";
                        /** Format: date-time */
                        createdAt: string;
                        devices: {
                            deviceId: string;
                            providerId: string | null;
                        }[];
                        digestId: string | null;
                        dueAt: string | null;
                        hasMail: boolean;
                        id: string;
                        kind: string;
                        provider: string | null;
                        providerId: string | null;
                        reason: string | null;
                        sentAt: string | null;
                        /** @enum {string} */
                        state: "held" | "queued" | "sent" | "delivered" | "bounced" | "digested" | "failed" | "suppressed";
                        timeline: {
                            /** Format: date-time */
                            at: string;
                            detail: string | null;
                            what: string;
                        }[];
                        to: {
                            address: string | null;
                            name: string;
                        };
                        userId: string | null;
                    };
                };
            };
            /** @description A problem. Codes: message_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_notifications_log_id_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @constant */
                        state: "queued";
                    };
                };
            };
            /** @description A problem. Codes: mail_not_failed, message_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_notifications_stats: {
        parameters: {
            query?: {
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            /** @enum {string} */
                            channel: "email" | "sms" | "push" | "inapp";
                            count: number;
                            kind: string;
                            /** @enum {string} */
                            state: "held" | "queued" | "sent" | "delivered" | "bounced" | "digested" | "failed" | "suppressed";
                        }[];
                        oldestQueuedSeconds: number;
                        /** @enum {string} */
                        transport: "smtp" | "sendgrid" | "mailbox";
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_notifications_suppressions: {
        parameters: {
            query?: {
                channel?: "email" | "sms";
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            address: string;
                            /** @enum {string} */
                            channel: "email" | "sms";
                            /** Format: date-time */
                            createdAt: string;
                            detail: string | null;
                            id: string;
                            /** @enum {string} */
                            reason: "bounce" | "complaint" | "unsubscribe" | "opt_out" | "bad_address";
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_admin_notifications_suppressions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, suppression_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_notifications_templates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            channels: ("email" | "sms" | "push" | "inapp")[];
                            kind: string;
                            name: string;
                            security: boolean;
                            /** @enum {string} */
                            urgency: "security" | "prompted" | "normal" | "low";
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_notifications_templates_kind_preview: {
        parameters: {
            query?: {
                channel?: "email" | "sms" | "push" | "inapp";
                locale?: "en" | "pt-BR" | "es";
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channels: ("email" | "sms" | "push" | "inapp")[];
                        inapp: {
                            body: string;
                            title: string;
                            url: string;
                        } | null;
                        kind: string;
                        /** @enum {string} */
                        locale: "en" | "pt-BR" | "es";
                        mail: {
                            html: string;
                            subject: string;
                            text: string;
                        } | null;
                        name: string;
                        push: {
                            body: string;
                            title: string;
                            url: string;
                        } | null;
                        security: boolean;
                        sms: {
                            segments: number;
                            text: string;
                        } | null;
                        /** @enum {string} */
                        urgency: "security" | "prompted" | "normal" | "low";
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, template_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_orders: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                q?: string;
                state?: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            buyerEmail: string;
                            /** Format: date-time */
                            createdAt: string;
                            flagged: boolean;
                            /** Format: uuid */
                            id: string;
                            number: string;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            /** @enum {string} */
                            state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                            titles: string[];
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_orders_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        disputes: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            closedAt: string | null;
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            /** Format: uuid */
                            paymentId: string;
                            reason: string;
                            respondBy: string | null;
                            state: string;
                        }[];
                        evidence: {
                            flagged: boolean;
                            id: number;
                            occurredAt: string | null;
                            outcome: string;
                            paymentId: string | null;
                            provider: string;
                            /** Format: date-time */
                            receivedAt: string;
                            resolvedAt: string | null;
                            said: {
                                about: string;
                                amount: {
                                    amount: number;
                                    currency: string;
                                } | null;
                                code: string | null;
                                reason: string | null;
                                state: string | null;
                            };
                            source: string;
                            type: string;
                        }[];
                        ledger: {
                            /** Format: date-time */
                            at: string;
                            entries: {
                                account: string;
                                amount: number;
                            }[];
                            /** Format: uuid */
                            id: string;
                            kind: string;
                        }[];
                        order: {
                            buyer: {
                                email: string;
                                id: string | null;
                                name: string;
                            };
                            closedAt: string | null;
                            closedReason: string | null;
                            country: string | null;
                            coupon: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            expiresAt: string;
                            /** Format: uuid */
                            id: string;
                            instalment: {
                                part: number;
                                parts: number;
                                /** Format: uuid */
                                planId: string;
                                through: number;
                            } | null;
                            invoices: {
                                /** Format: uuid */
                                id: string;
                                /** Format: date-time */
                                issuedAt: string;
                                /** @enum {string} */
                                kind: "invoice" | "credit_note";
                                number: string;
                            }[];
                            lines: {
                                coverUrl: string;
                                discount: {
                                    amount: number;
                                    currency: string;
                                };
                                gift: {
                                    /** Format: uuid */
                                    id: string;
                                    message: string;
                                    recipientEmail: string;
                                    state: string;
                                } | null;
                                /** Format: uuid */
                                id: string;
                                includes: {
                                    path: string;
                                    sku: string;
                                    title: string;
                                }[];
                                path: string;
                                /** @enum {string} */
                                purpose: "own" | "gift" | "seats";
                                quantity: number;
                                refundableUntil: string | null;
                                refunded: {
                                    amount: number;
                                    currency: string;
                                };
                                revoked: boolean;
                                seats: {
                                    bought: number;
                                    taken: number;
                                } | null;
                                sellerName: string;
                                sku: string;
                                summary: string;
                                tax: {
                                    amount: {
                                        amount: number;
                                        currency: string;
                                    };
                                    inclusive: boolean;
                                    name: string;
                                    rate: number;
                                } | null;
                                title: string;
                                total: {
                                    amount: number;
                                    currency: string;
                                };
                                unitPrice: {
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            number: string;
                            paidAt: string | null;
                            payments: {
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: uuid */
                                id: string;
                                method: string | null;
                                provider: string;
                                reason: string | null;
                                /** @enum {string} */
                                status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                            }[];
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            refunds: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                completedAt: string | null;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: uuid */
                                id: string;
                                reason: string;
                                state: string;
                            }[];
                            /** @enum {string} */
                            state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                            subtotal: {
                                amount: number;
                                currency: string;
                            };
                            tax: {
                                amount: number;
                                currency: string;
                            };
                            total: {
                                amount: number;
                                currency: string;
                            };
                        };
                        payments: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            captured: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            disputed: {
                                amount: number;
                                currency: string;
                            };
                            fee: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: uuid */
                            id: string;
                            parkedAt: string | null;
                            polls: number;
                            provider: string;
                            providerCode: string | null;
                            providerReference: string | null;
                            reason: string | null;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            status: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        refunds: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            completedAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            note: string;
                            parkedAt: string | null;
                            /** Format: uuid */
                            paymentId: string;
                            providerCode: string | null;
                            reason: string;
                            requestedBy: string | null;
                            revokes: boolean;
                            state: string;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, order_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_payments_audit: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            action: string;
                            actor: {
                                id: string | null;
                                kind: string;
                            };
                            /** Format: date-time */
                            at: string;
                            details: {
                                [key: string]: unknown;
                            };
                            /** Format: uuid */
                            id: string;
                            ip: string | null;
                            subject: {
                                id: string;
                                kind: string;
                            };
                            traceId: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_payments_breaks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: {
                                amount: number;
                                currency: string;
                            } | null;
                            evidenceId: number | null;
                            kind: string;
                            orderId: string | null;
                            paymentId: string | null;
                            provider: string | null;
                            /** Format: date-time */
                            since: string;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_payments_evidence_id_resolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: evidence_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_payments_providers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            available: boolean;
                            /** @enum {string} */
                            circuit: "closed" | "open" | "half_open";
                            clearing: {
                                amount: number;
                                currency: string;
                            }[];
                            lastDay: {
                                failed: number;
                                succeeded: number;
                            };
                            lastFailedAt: string | null;
                            lastPaidAt: string | null;
                            lastReport: {
                                breaks: number;
                                transactions: number;
                                /** Format: date-time */
                                until: string;
                            } | null;
                            lastWebhookAt: string | null;
                            live: number;
                            missing: string[];
                            name: string;
                            reports: boolean;
                            switchedOff: {
                                /** Format: date-time */
                                at: string;
                                note: string;
                            } | null;
                            unavailable: string | null;
                            unknown: number;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_admin_payments_providers_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                    offered: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        offered: boolean;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, provider_not_found, provider_unavailable, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_payments_reconciliations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    day: string;
                    provider: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        breaks: number;
                        transactions: number;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, provider_unavailable, provider_unknown, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_payouts: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            reference: string | null;
                            sellerId: string;
                            sentAt: string | null;
                            /** @enum {string} */
                            state: "created" | "sent" | "failed";
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_payouts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            reference: string | null;
                            sellerId: string;
                            sentAt: string | null;
                            /** @enum {string} */
                            state: "created" | "sent" | "failed";
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_payouts_csv: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_payouts_id_confirmation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reference: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: uuid */
                        id: string;
                        reference: string | null;
                        sellerId: string;
                        sentAt: string | null;
                        /** @enum {string} */
                        state: "created" | "sent" | "failed";
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, payout_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_payouts_id_failure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: uuid */
                        id: string;
                        reference: string | null;
                        sellerId: string;
                        sentAt: string | null;
                        /** @enum {string} */
                        state: "created" | "sent" | "failed";
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, payout_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_replays: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actor: {
                                id: string;
                                kind: string;
                            };
                            /** Format: date-time */
                            at: string;
                            context: string;
                            id: string;
                            ip: string | null;
                            itemId: string;
                            /** @enum {string} */
                            kind: "event" | "job";
                            name: string | null;
                            stillParked: boolean;
                            traceId: string;
                        }[];
                        nextCursor?: string;
                        unreachable: string[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_seller_terms: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            applied: {
                                holdDays: number;
                                share: number;
                            };
                            holdDays: number | null;
                            sellerId: string;
                            share: number | null;
                            updatedAt: string | null;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_seller_terms_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        applied: {
                            holdDays: number;
                            share: number;
                        };
                        history: {
                            /** Format: date-time */
                            changedAt: string;
                            changedBy: string | null;
                            holdDays: number | null;
                            /** Format: uuid */
                            id: string;
                            note: string;
                            share: number | null;
                        }[];
                        holdDays: number | null;
                        sellerId: string;
                        share: number | null;
                        updatedAt: string | null;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_admin_seller_terms_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    holdDays: number | null;
                    /** @default  */
                    note?: string;
                    share: number | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        applied: {
                            holdDays: number;
                            share: number;
                        };
                        history: {
                            /** Format: date-time */
                            changedAt: string;
                            changedBy: string | null;
                            holdDays: number | null;
                            /** Format: uuid */
                            id: string;
                            note: string;
                            share: number | null;
                        }[];
                        holdDays: number | null;
                        sellerId: string;
                        share: number | null;
                        updatedAt: string | null;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_subscriptions: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                q?: string;
                state?: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            buyer: {
                                email: string;
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            cancelAtPeriodEnd: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            credit: {
                                amount: number;
                                currency: string;
                            };
                            endedAt: string | null;
                            entitled: boolean;
                            failures: number;
                            /** Format: uuid */
                            id: string;
                            interval: string;
                            intervalCount: number;
                            methodKept: boolean;
                            nextTryAt: string | null;
                            openOrderId: string | null;
                            periodEnd: string | null;
                            periodStart: string | null;
                            provider: string;
                            sellerId: string | null;
                            sellerLeft: boolean;
                            sku: string;
                            /** @enum {string} */
                            state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                            title: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_subscriptions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            /** @enum {string} */
                            actor: "buyer" | "operator" | "platform";
                            actorId: string | null;
                            /** Format: date-time */
                            at: string;
                            change: string;
                            entitled: boolean;
                            note: string;
                            revision: number;
                            /** @enum {string} */
                            state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                            title: string;
                        }[];
                        method: string | null;
                        orders: {
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            invoice: {
                                /** Format: uuid */
                                id: string;
                                number: string;
                            } | null;
                            number: string;
                            paidAt: string | null;
                            /** @enum {string} */
                            state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        subscription: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            buyer: {
                                email: string;
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            cancelAtPeriodEnd: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            credit: {
                                amount: number;
                                currency: string;
                            };
                            endedAt: string | null;
                            entitled: boolean;
                            failures: number;
                            /** Format: uuid */
                            id: string;
                            interval: string;
                            intervalCount: number;
                            methodKept: boolean;
                            nextTryAt: string | null;
                            openOrderId: string | null;
                            periodEnd: string | null;
                            periodStart: string | null;
                            provider: string;
                            sellerId: string | null;
                            sellerLeft: boolean;
                            sku: string;
                            /** @enum {string} */
                            state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                            title: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, subscription_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_subscriptions_id_cancellation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    at: "period_end" | "now";
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        buyer: {
                            email: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        failures: number;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        periodEnd: string | null;
                        periodStart: string | null;
                        provider: string;
                        sellerId: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, subscription_not_found, subscription_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_subscriptions_id_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        buyer: {
                            email: string;
                            /** Format: uuid */
                            id: string;
                            name: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        failures: number;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        periodEnd: string | null;
                        periodStart: string | null;
                        provider: string;
                        sellerId: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, provider_unavailable, subscription_not_found, subscription_not_retryable, subscription_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_subscriptions_totals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            active: number;
                            leaving: number;
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                            pastDue: number;
                            paused: number;
                            trialing: number;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_tax_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            category: string;
                            checkedOn: string;
                            country: string;
                            /** Format: uuid */
                            id: string;
                            inclusive: boolean;
                            name: string;
                            rate: number;
                            source: string;
                            validFrom: string;
                            validTo: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_tax_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category: string;
                    /** Format: date */
                    checkedOn: string;
                    country: string;
                    inclusive: boolean;
                    name: string;
                    rate: number;
                    source: string;
                    /** Format: date */
                    validFrom: string;
                    /** Format: date */
                    validTo?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string;
                        checkedOn: string;
                        country: string;
                        /** Format: uuid */
                        id: string;
                        inclusive: boolean;
                        name: string;
                        rate: number;
                        source: string;
                        validFrom: string;
                        validTo: string | null;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_tax_rules_id_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    validTo: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string;
                        checkedOn: string;
                        country: string;
                        /** Format: uuid */
                        id: string;
                        inclusive: boolean;
                        name: string;
                        rate: number;
                        source: string;
                        validFrom: string;
                        validTo: string | null;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, tax_rule_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_users: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            disabled: boolean;
                            email: string;
                            emailVerified: boolean;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            locale: "en" | "pt-BR" | "es";
                            name: string;
                            roles: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                            timeZone: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_users_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        disabled: boolean;
                        disabledAt: string | null;
                        disabledBecause: string | null;
                        email: string;
                        emailVerified: boolean;
                        guessing: {
                            lockedUntil: string | null;
                            wrongPasswords: number;
                        };
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        locale: "en" | "pt-BR" | "es";
                        name: string;
                        roles: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                        sessions: {
                            /** Format: date-time */
                            createdAt: string;
                            expiresAt: string | null;
                            id: string;
                            ip: string | null;
                            /** @enum {string} */
                            kind: "api" | "web";
                            /** Format: date-time */
                            lastUsedAt: string;
                            userAgent: string | null;
                        }[];
                        signIns: {
                            /** Format: date-time */
                            at: string;
                            ip: string | null;
                            /** @enum {string} */
                            kind: "web" | "api";
                            succeeded: boolean;
                            userAgent: string | null;
                        }[];
                        timeZone: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, user_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_admin_users_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    disabled?: boolean;
                    reason?: string;
                    roles?: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        disabled: boolean;
                        email: string;
                        emailVerified: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        locale: "en" | "pt-BR" | "es";
                        name: string;
                        roles: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                        timeZone: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, own_account, user_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_admin_users_id_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, user_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_users_id_unlock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, user_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_webhook_deliveries_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: number;
                        body: string;
                        /** Format: date-time */
                        createdAt: string;
                        deliveredAt: string | null;
                        endpointId: string;
                        eventId: string;
                        eventType: string;
                        id: string;
                        nextAt: string | null;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "failed";
                        tries: {
                            /** Format: date-time */
                            at: string;
                            detail: string;
                            milliseconds: number;
                            status: number | null;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed, webhook_delivery_not_found. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_webhook_deliveries_id_redelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        deliveredAt: string | null;
                        endpointId: string;
                        eventId: string;
                        eventType: string;
                        id: string;
                        nextAt: string | null;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "failed";
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed, webhook_delivery_not_found. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_webhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            description: string;
                            disabledReason: ("gone" | "failing") | null;
                            enabled: boolean;
                            events: string[];
                            failed: number;
                            id: string;
                            lastDeliveredAt: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            url: string;
                            waiting: number;
                        }[];
                        offered: string[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_webhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    events?: string[];
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        description: string;
                        disabledReason: ("gone" | "failing") | null;
                        enabled: boolean;
                        events: string[];
                        failed: number;
                        id: string;
                        lastDeliveredAt: string | null;
                        secret: string;
                        /** Format: date-time */
                        updatedAt: string;
                        url: string;
                        waiting: number;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, too_many_webhooks, validation_failed, webhook_address_refused, webhook_event_unknown. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_webhooks_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        description: string;
                        disabledReason: ("gone" | "failing") | null;
                        enabled: boolean;
                        events: string[];
                        failed: number;
                        id: string;
                        lastDeliveredAt: string | null;
                        /** Format: date-time */
                        updatedAt: string;
                        url: string;
                        waiting: number;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed, webhook_not_found. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_admin_webhooks_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed, webhook_not_found. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_admin_webhooks_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string;
                    enabled?: boolean;
                    events?: string[];
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        description: string;
                        disabledReason: ("gone" | "failing") | null;
                        enabled: boolean;
                        events: string[];
                        failed: number;
                        id: string;
                        lastDeliveredAt: string | null;
                        /** Format: date-time */
                        updatedAt: string;
                        url: string;
                        waiting: number;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed, webhook_address_refused, webhook_event_unknown, webhook_not_found. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_admin_webhooks_id_deliveries: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                state?: "waiting" | "delivered" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            attempts: number;
                            /** Format: date-time */
                            createdAt: string;
                            deliveredAt: string | null;
                            endpointId: string;
                            eventId: string;
                            eventType: string;
                            id: string;
                            nextAt: string | null;
                            /** @enum {string} */
                            state: "waiting" | "delivered" | "failed";
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed, webhook_not_found. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_webhooks_id_ping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: number;
                        /** Format: date-time */
                        createdAt: string;
                        deliveredAt: string | null;
                        endpointId: string;
                        eventId: string;
                        eventType: string;
                        id: string;
                        nextAt: string | null;
                        /** @enum {string} */
                        state: "waiting" | "delivered" | "failed";
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed, webhook_not_found. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_admin_webhooks_id_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        description: string;
                        disabledReason: ("gone" | "failing") | null;
                        enabled: boolean;
                        events: string[];
                        failed: number;
                        id: string;
                        lastDeliveredAt: string | null;
                        secret: string;
                        /** Format: date-time */
                        updatedAt: string;
                        url: string;
                        waiting: number;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed, webhook_not_found. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_confirm_email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: email_taken, link_not_valid, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_forgot_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        expiresIn: number;
                        refreshToken: string;
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            email: string;
                            emailVerified: boolean;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            locale: "en" | "pt-BR" | "es";
                            name: string;
                            roles: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                            timeZone: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: account_disabled, invalid_credentials, too_many_attempts, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    everywhere?: boolean;
                    refreshToken: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refreshToken: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        expiresIn: number;
                        refreshToken: string;
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            email: string;
                            emailVerified: boolean;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            locale: "en" | "pt-BR" | "es";
                            name: string;
                            roles: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                            timeZone: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: refresh_token_invalid, refresh_token_reused, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @enum {string} */
                    locale?: "en" | "pt-BR" | "es";
                    name: string;
                    password: string;
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                        expiresIn: number;
                        refreshToken: string;
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            email: string;
                            emailVerified: boolean;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            locale: "en" | "pt-BR" | "es";
                            name: string;
                            roles: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                            timeZone: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: email_taken, idempotency_key_reused, password_refused, too_many_attempts, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: link_not_valid, password_refused, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_undo_email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: email_taken, link_not_valid, password_refused, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_auth_verify_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: link_not_valid, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_bundles: {
        parameters: {
            query?: {
                course?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                language?: string;
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            courses: {
                                category: string | null;
                                coverUrl: string | null;
                                durationSeconds: number;
                                /** Format: uuid */
                                id: string;
                                instructors: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                }[];
                                language: string;
                                languages: string[];
                                lessonCount: number;
                                /** @enum {string} */
                                level: "all" | "beginner" | "intermediate" | "advanced";
                                price: {
                                    amount: number;
                                    currency: string;
                                } | null;
                                rating: number | null;
                                slug: string;
                                /** @enum {string} */
                                state: "draft" | "published" | "archived";
                                summary: string;
                                title: string;
                            }[];
                            coverUrl: string | null;
                            description: string;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            price: {
                                amount: number;
                                currency: string;
                            };
                            shownIn: string;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                            /** Format: date-time */
                            updatedAt: string;
                            worth: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_bundles: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    courseIds: string[];
                    description?: string;
                    /** @enum {string} */
                    language?: "en" | "pt-BR" | "es";
                    price: {
                        amount: number;
                        currency: string;
                    };
                    slug?: string;
                    summary?: string;
                    title: string;
                    translations?: {
                        [key: string]: {
                            description?: string;
                            summary?: string;
                            title?: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        coverUrl: string | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        price: {
                            amount: number;
                            currency: string;
                        };
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        worth: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: bundle_course_unknown, bundle_slug_taken, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_bundles_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, or the name in its address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        coverUrl: string | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        price: {
                            amount: number;
                            currency: string;
                        };
                        publishedAt: string | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        worth: {
                            amount: number;
                            currency: string;
                        };
                        written: {
                            description: string;
                            summary: string;
                            title: string;
                            translations: {
                                [key: string]: {
                                    description?: string;
                                    summary?: string;
                                    title?: string;
                                };
                            };
                        } | null;
                    };
                };
            };
            /** @description A problem. Codes: bundle_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_bundles_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    courseIds?: string[];
                    description?: string;
                    /** @enum {string} */
                    language?: "en" | "pt-BR" | "es";
                    price?: {
                        amount: number;
                        currency: string;
                    };
                    slug?: string;
                    summary?: string;
                    title?: string;
                    translations?: {
                        [key: string]: {
                            description?: string;
                            summary?: string;
                            title?: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        coverUrl: string | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        price: {
                            amount: number;
                            currency: string;
                        };
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        worth: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: bundle_course_unknown, bundle_not_found, bundle_not_ready, bundle_saves_nothing, bundle_slug_taken, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_bundles_id_archive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        coverUrl: string | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        price: {
                            amount: number;
                            currency: string;
                        };
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        worth: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: bundle_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_bundles_id_cover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        coverUrl: string | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        price: {
                            amount: number;
                            currency: string;
                        };
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        worth: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: bundle_not_found, cover_missing, cover_not_an_image, not_allowed, not_signed_in, payload_too_large, unsupported_media_type, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_bundles_id_cover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        coverUrl: string | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        price: {
                            amount: number;
                            currency: string;
                        };
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        worth: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: bundle_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_bundles_id_publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courses: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        coverUrl: string | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        price: {
                            amount: number;
                            currency: string;
                        };
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        worth: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: bundle_not_found, bundle_not_ready, bundle_saves_nothing, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_bundles_mine: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            courses: {
                                category: string | null;
                                coverUrl: string | null;
                                durationSeconds: number;
                                /** Format: uuid */
                                id: string;
                                instructors: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                }[];
                                language: string;
                                languages: string[];
                                lessonCount: number;
                                /** @enum {string} */
                                level: "all" | "beginner" | "intermediate" | "advanced";
                                price: {
                                    amount: number;
                                    currency: string;
                                } | null;
                                rating: number | null;
                                slug: string;
                                /** @enum {string} */
                                state: "draft" | "published" | "archived";
                                summary: string;
                                title: string;
                            }[];
                            coverUrl: string | null;
                            description: string;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            price: {
                                amount: number;
                                currency: string;
                            };
                            shownIn: string;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                            /** Format: date-time */
                            updatedAt: string;
                            worth: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_categories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            name: string;
                            slug: string;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: internal_error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_certificates_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description A problem. Codes: certificate_revoked, not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_certificates_id_revocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /** Format: date-time */
                        completedAt: string;
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        courseTitle: string;
                        holderName: string | null;
                        /** Format: uuid */
                        id: string;
                        instructorName: string;
                        revoked: boolean;
                        revokedAt: string | null;
                        valid: boolean;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_certificates_id_revocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /** Format: date-time */
                        completedAt: string;
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        courseTitle: string;
                        holderName: string | null;
                        /** Format: uuid */
                        id: string;
                        instructorName: string;
                        revoked: boolean;
                        revokedAt: string | null;
                        valid: boolean;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_certificates_verify_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /** Format: date-time */
                        completedAt: string;
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        courseTitle: string;
                        holderName: string | null;
                        /** Format: uuid */
                        id: string;
                        instructorName: string;
                        revoked: boolean;
                        revokedAt: string | null;
                        valid: boolean;
                    };
                };
            };
            /** @description A problem. Codes: certificate_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_coupons: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            active: boolean;
                            amount: {
                                amount: number;
                                currency: string;
                            } | null;
                            code: string;
                            /** Format: date-time */
                            createdAt: string;
                            endsAt: string | null;
                            /** Format: uuid */
                            id: string;
                            maxUses: number | null;
                            maxUsesPerPerson: number | null;
                            minimum: number;
                            percent: number | null;
                            /** @enum {string} */
                            scope: "item" | "order";
                            sellerId: string | null;
                            skus: string[];
                            startsAt: string | null;
                            used: number;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_coupons: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount?: {
                        amount: number;
                        currency: string;
                    };
                    code: string;
                    /** Format: date-time */
                    endsAt?: string;
                    maxUses?: number;
                    maxUsesPerPerson?: number;
                    /** @default 0 */
                    minimum?: number;
                    percent?: number;
                    /**
                     * @default order
                     * @enum {string}
                     */
                    scope?: "item" | "order";
                    /** @default [] */
                    skus?: (string)[];
                    /** Format: date-time */
                    startsAt?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        active: boolean;
                        amount: {
                            amount: number;
                            currency: string;
                        } | null;
                        code: string;
                        /** Format: date-time */
                        createdAt: string;
                        endsAt: string | null;
                        /** Format: uuid */
                        id: string;
                        maxUses: number | null;
                        maxUsesPerPerson: number | null;
                        minimum: number;
                        percent: number | null;
                        /** @enum {string} */
                        scope: "item" | "order";
                        sellerId: string | null;
                        skus: string[];
                        startsAt: string | null;
                        used: number;
                    };
                };
            };
            /** @description A problem. Codes: coupon_code_taken, coupon_not_applicable, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_coupons_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    active: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        active: boolean;
                        amount: {
                            amount: number;
                            currency: string;
                        } | null;
                        code: string;
                        /** Format: date-time */
                        createdAt: string;
                        endsAt: string | null;
                        /** Format: uuid */
                        id: string;
                        maxUses: number | null;
                        maxUsesPerPerson: number | null;
                        minimum: number;
                        percent: number | null;
                        /** @enum {string} */
                        scope: "item" | "order";
                        sellerId: string | null;
                        skus: string[];
                        startsAt: string | null;
                        used: number;
                    };
                };
            };
            /** @description A problem. Codes: coupon_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_courses: {
        parameters: {
            query?: {
                category?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                language?: string;
                level?: "all" | "beginner" | "intermediate" | "advanced";
                limit?: number;
                price?: "free" | "paid";
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_courses: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category?: string | null;
                    description?: unknown;
                    instalments?: {
                        parts: number;
                        /** @default 0 */
                        surcharge?: number;
                    } | null;
                    language: string;
                    /** @enum {string} */
                    level?: "all" | "beginner" | "intermediate" | "advanced";
                    outcomes?: string[];
                    price?: {
                        amount: number;
                        currency: string;
                    } | null;
                    slug?: string;
                    summary?: string;
                    title: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string | null;
                        coverUrl: string | null;
                        description: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        durationSeconds: number;
                        /** Format: uuid */
                        id: string;
                        instalments: {
                            amounts: {
                                amount: number;
                                currency: string;
                            }[];
                            parts: number;
                            surcharge: number;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        lessonCount: number;
                        /** @enum {string} */
                        level: "all" | "beginner" | "intermediate" | "advanced";
                        outcomes: string[];
                        price: {
                            amount: number;
                            currency: string;
                        } | null;
                        publishedAt: string | null;
                        rating: number | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: category_not_found, course_slug_taken, instalments_without_price, invalid_document, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_courses_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, or the name in its address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string | null;
                        coverUrl: string | null;
                        description: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        durationSeconds: number;
                        /** Format: uuid */
                        id: string;
                        instalments: {
                            amounts: {
                                amount: number;
                                currency: string;
                            }[];
                            parts: number;
                            surcharge: number;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        lessonCount: number;
                        /** @enum {string} */
                        level: "all" | "beginner" | "intermediate" | "advanced";
                        outcomes: string[];
                        price: {
                            amount: number;
                            currency: string;
                        } | null;
                        publishedAt: string | null;
                        rating: number | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_courses_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category?: string | null;
                    description?: unknown;
                    instalments?: {
                        parts: number;
                        /** @default 0 */
                        surcharge?: number;
                    } | null;
                    language?: string;
                    /** @enum {string} */
                    level?: "all" | "beginner" | "intermediate" | "advanced";
                    outcomes?: string[];
                    price?: {
                        amount: number;
                        currency: string;
                    } | null;
                    slug?: string;
                    summary?: string;
                    title?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string | null;
                        coverUrl: string | null;
                        description: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        durationSeconds: number;
                        /** Format: uuid */
                        id: string;
                        instalments: {
                            amounts: {
                                amount: number;
                                currency: string;
                            }[];
                            parts: number;
                            surcharge: number;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        lessonCount: number;
                        /** @enum {string} */
                        level: "all" | "beginner" | "intermediate" | "advanced";
                        outcomes: string[];
                        price: {
                            amount: number;
                            currency: string;
                        } | null;
                        publishedAt: string | null;
                        rating: number | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: category_not_found, course_not_found, course_not_ready, course_slug_taken, edit_conflict, instalments_without_price, invalid_document, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_courses_id_archive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string | null;
                        coverUrl: string | null;
                        description: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        durationSeconds: number;
                        /** Format: uuid */
                        id: string;
                        instalments: {
                            amounts: {
                                amount: number;
                                currency: string;
                            }[];
                            parts: number;
                            surcharge: number;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        lessonCount: number;
                        /** @enum {string} */
                        level: "all" | "beginner" | "intermediate" | "advanced";
                        outcomes: string[];
                        price: {
                            amount: number;
                            currency: string;
                        } | null;
                        publishedAt: string | null;
                        rating: number | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_courses_id_cover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string | null;
                        coverUrl: string | null;
                        description: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        durationSeconds: number;
                        /** Format: uuid */
                        id: string;
                        instalments: {
                            amounts: {
                                amount: number;
                                currency: string;
                            }[];
                            parts: number;
                            surcharge: number;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        lessonCount: number;
                        /** @enum {string} */
                        level: "all" | "beginner" | "intermediate" | "advanced";
                        outcomes: string[];
                        price: {
                            amount: number;
                            currency: string;
                        } | null;
                        publishedAt: string | null;
                        rating: number | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, cover_missing, cover_not_an_image, not_allowed, not_signed_in, payload_too_large, unsupported_media_type, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_courses_id_cover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string | null;
                        coverUrl: string | null;
                        description: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        durationSeconds: number;
                        /** Format: uuid */
                        id: string;
                        instalments: {
                            amounts: {
                                amount: number;
                                currency: string;
                            }[];
                            parts: number;
                            surcharge: number;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        lessonCount: number;
                        /** @enum {string} */
                        level: "all" | "beginner" | "intermediate" | "advanced";
                        outcomes: string[];
                        price: {
                            amount: number;
                            currency: string;
                        } | null;
                        publishedAt: string | null;
                        rating: number | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_courses_id_enrollment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        certificateId: string | null;
                        completedAt: string | null;
                        /** Format: uuid */
                        courseId: string;
                        /** Format: date-time */
                        enrolledAt: string;
                        /** Format: uuid */
                        id: string;
                        reason: string;
                        /** @enum {string} */
                        state: "active" | "left" | "revoked";
                    };
                };
            };
            /** @description A problem. Codes: not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_courses_id_enrollments: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        certificateId: string | null;
                        completedAt: string | null;
                        /** Format: uuid */
                        courseId: string;
                        /** Format: date-time */
                        enrolledAt: string;
                        /** Format: uuid */
                        id: string;
                        reason: string;
                        /** @enum {string} */
                        state: "active" | "left" | "revoked";
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, course_requires_purchase, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_courses_id_files: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        assetId: string;
                        bytes: number;
                        contentType: string;
                        fileName: string;
                        /** @enum {string} */
                        kind: "video" | "audio" | "image" | "captions" | "file";
                        seconds: number;
                        src: string;
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, file_missing, file_type_refused, import_upload_broken, not_allowed, not_signed_in, payload_too_large, unsupported_media_type, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_courses_id_lessons: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, or the name in its address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        certificateId: string | null;
                        completedAt: string | null;
                        /** Format: uuid */
                        courseId: string;
                        enrolled: boolean;
                        language: string;
                        lastLessonId: string | null;
                        modules: {
                            /** Format: uuid */
                            id: string;
                            lessons: {
                                /** @enum {string} */
                                completion: "viewed" | "watched" | "passed";
                                durationSeconds: number;
                                graded: boolean;
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                kind: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                                locked: boolean;
                                lockedBy: {
                                    message: string;
                                    rule: string;
                                    until: string | null;
                                } | null;
                                mediaSeconds: number;
                                path: string[];
                                preview: boolean;
                                progress: {
                                    positionSeconds: number;
                                    state: string;
                                } | null;
                                title: string;
                            }[];
                            title: string;
                        }[];
                        slug: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_courses_id_lessons: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    completion?: "viewed" | "watched" | "passed";
                    content?: unknown;
                    durationSeconds?: number;
                    /** @enum {string} */
                    kind?: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                    markdown?: string;
                    module: string;
                    preview?: boolean;
                    title: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assets: {
                            [key: string]: {
                                bytes: number;
                                contentType: string;
                                fileName: string;
                                url: string;
                            };
                        };
                        /** @enum {string} */
                        completion: "viewed" | "watched" | "passed";
                        content: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        durationSeconds: number;
                        graded: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                        language: string;
                        languages: string[];
                        mediaSeconds: number;
                        /** Format: uuid */
                        moduleId: string;
                        moduleTitle: string;
                        next: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        path: string[];
                        preview: boolean;
                        previous: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        progress: {
                            positionSeconds: number;
                            state: string;
                        } | null;
                        title: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, invalid_document, lesson_text_refused, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_courses_id_lessons_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assets: {
                            [key: string]: {
                                bytes: number;
                                contentType: string;
                                fileName: string;
                                url: string;
                            };
                        };
                        /** @enum {string} */
                        completion: "viewed" | "watched" | "passed";
                        content: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        durationSeconds: number;
                        graded: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                        language: string;
                        languages: string[];
                        mediaSeconds: number;
                        /** Format: uuid */
                        moduleId: string;
                        moduleTitle: string;
                        next: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        path: string[];
                        preview: boolean;
                        previous: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        progress: {
                            positionSeconds: number;
                            state: string;
                        } | null;
                        title: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: captions_without_video, course_not_found, file_missing, file_type_refused, import_upload_broken, not_allowed, not_signed_in, payload_too_large, unsupported_media_type, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_courses_id_memberships: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, or the name in its address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            courseCount: number;
                            held: boolean;
                            /** Format: uuid */
                            id: string;
                            language: string;
                            name: string;
                            plans: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                interval: "month" | "year";
                                price: {
                                    amount: number;
                                    currency: string;
                                };
                                sku: string;
                            }[];
                            /** @enum {string} */
                            scope: "courses" | "seller" | "catalogue";
                            seller: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            shownIn: string;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            trialDays: number;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_courses_id_publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: string | null;
                        coverUrl: string | null;
                        description: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        durationSeconds: number;
                        /** Format: uuid */
                        id: string;
                        instalments: {
                            amounts: {
                                amount: number;
                                currency: string;
                            }[];
                            parts: number;
                            surcharge: number;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        instructors: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                        language: string;
                        languages: string[];
                        lessonCount: number;
                        /** @enum {string} */
                        level: "all" | "beginner" | "intermediate" | "advanced";
                        outcomes: string[];
                        price: {
                            amount: number;
                            currency: string;
                        } | null;
                        publishedAt: string | null;
                        rating: number | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        title: string;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: course_not_found, course_not_ready, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_courses_imports: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            courseId: string | null;
                            courseSlug: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            error: {
                                code: string;
                                detail: string;
                                title: string;
                            } | null;
                            finishedAt: string | null;
                            format: string | null;
                            /** Format: uuid */
                            id: string;
                            progress: {
                                done: number;
                                total: number;
                            };
                            sourceName: string;
                            stage: string;
                            /** @enum {string} */
                            state: "queued" | "running" | "succeeded" | "failed";
                            summary: {
                                converted: number;
                                failed: number;
                                imported: number;
                                raw: number;
                                total: number;
                            } | null;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_courses_imports: {
        parameters: {
            query?: {
                format?: "olx" | "markdown";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @constant */
                        state: "queued";
                    };
                };
            };
            /** @description A problem. Codes: import_file_missing, import_upload_broken, not_allowed, not_signed_in, payload_too_large, unsupported_media_type, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_courses_imports_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courseId: string | null;
                        courseSlug: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        error: {
                            code: string;
                            detail: string;
                            title: string;
                        } | null;
                        finishedAt: string | null;
                        format: string | null;
                        /** Format: uuid */
                        id: string;
                        items: {
                            lessonId: string | null;
                            note: string;
                            notes: {
                                code: string;
                                params: {
                                    [key: string]: unknown;
                                };
                                text: string;
                            }[];
                            /** @enum {string} */
                            outcome: "imported" | "converted" | "raw" | "failed";
                            path: string[];
                            source: string;
                            type: string;
                        }[];
                        progress: {
                            done: number;
                            total: number;
                        };
                        sourceName: string;
                        stage: string;
                        /** @enum {string} */
                        state: "queued" | "running" | "succeeded" | "failed";
                        summary: {
                            converted: number;
                            failed: number;
                            imported: number;
                            raw: number;
                            total: number;
                        } | null;
                    };
                };
            };
            /** @description A problem. Codes: import_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_courses_mine: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_enrollments: {
        parameters: {
            query?: {
                completed?: boolean;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                order?: "enrolled" | "recent";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            certificate: {
                                code: string;
                                /** Format: uuid */
                                id: string;
                                revoked: boolean;
                                verificationUrl: string;
                            } | null;
                            completedAt: string | null;
                            completedLessons: number;
                            course: {
                                archived: boolean;
                                durationSeconds: number;
                                /** Format: uuid */
                                id: string;
                                instructorName: string;
                                language: string;
                                lessonCount: number;
                                slug: string;
                                title: string;
                            };
                            /** Format: date-time */
                            enrolledAt: string;
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            lastActivityAt: string;
                            lastLesson: {
                                /** Format: uuid */
                                id: string;
                                title: string;
                            } | null;
                            percent: number;
                            reason: string;
                            totalLessons: number;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_enrollments_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: enrollment_not_free, not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_gifts_id: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        coverUrl: string;
                        giverName: string;
                        /** Format: uuid */
                        id: string;
                        message: string;
                        path: string;
                        /** @enum {string} */
                        state: "sent" | "claimed";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: gift_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_gifts_id_claim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        coverUrl: string;
                        giverName: string;
                        /** Format: uuid */
                        id: string;
                        message: string;
                        path: string;
                        /** @enum {string} */
                        state: "sent" | "claimed";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: gift_already_claimed, gift_not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_instalments: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            coupon: string | null;
                            coverUrl: string;
                            /** Format: date-time */
                            createdAt: string;
                            endedAt: string | null;
                            entitled: boolean;
                            /** Format: uuid */
                            id: string;
                            methodKept: boolean;
                            nextPart: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                dueAt: string;
                                part: number;
                            } | null;
                            nextTryAt: string | null;
                            openOrderId: string | null;
                            paid: {
                                amount: number;
                                currency: string;
                            };
                            paidParts: number;
                            parts: number;
                            path: string;
                            remaining: {
                                amount: number;
                                currency: string;
                            };
                            schedule: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                dueAt: string;
                                orderId: string | null;
                                paidAt: string | null;
                                part: number;
                                /** @enum {string} */
                                state: "paid" | "upcoming" | "overdue" | "canceled";
                                waived: {
                                    amount: number;
                                    currency: string;
                                };
                            }[];
                            sku: string;
                            startedAt: string | null;
                            /** @enum {string} */
                            state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                            surcharge: number;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_instalments: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    coupon?: string;
                    document?: string;
                    lines: {
                        gift?: {
                            /** Format: email */
                            email: string;
                            message?: string;
                            name?: string;
                        };
                        quantity?: number;
                        seats?: boolean;
                        sku: string;
                    }[];
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        coupon: string | null;
                        coverUrl: string;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        methodKept: boolean;
                        nextPart: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            part: number;
                        } | null;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        paid: {
                            amount: number;
                            currency: string;
                        };
                        paidParts: number;
                        parts: number;
                        path: string;
                        remaining: {
                            amount: number;
                            currency: string;
                        };
                        schedule: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            orderId: string | null;
                            paidAt: string | null;
                            part: number;
                            /** @enum {string} */
                            state: "paid" | "upcoming" | "overdue" | "canceled";
                            waived: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        sku: string;
                        startedAt: string | null;
                        /** @enum {string} */
                        state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                        surcharge: number;
                        title: string;
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: coupon_already_used, coupon_not_applicable, coupon_not_now, coupon_unknown, coupon_used_up, instalments_not_offered, instalments_one_item, instalments_running, item_already_owned, item_in_bundle, item_is_free, item_not_for_sale, item_not_giftable, item_unknown, mixed_currencies, not_signed_in, payment_in_progress, quantity_too_large, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_instalments_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        coupon: string | null;
                        coverUrl: string;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        method: string | null;
                        methodKept: boolean;
                        nextPart: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            part: number;
                        } | null;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        orders: {
                            /** Format: uuid */
                            id: string;
                            invoice: {
                                /** Format: uuid */
                                id: string;
                                number: string;
                            } | null;
                            number: string;
                            paidAt: string | null;
                            paymentId: string | null;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            /** @enum {string} */
                            state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        paid: {
                            amount: number;
                            currency: string;
                        };
                        paidParts: number;
                        parts: number;
                        path: string;
                        remaining: {
                            amount: number;
                            currency: string;
                        };
                        rest: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            saved: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        schedule: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            orderId: string | null;
                            paidAt: string | null;
                            part: number;
                            /** @enum {string} */
                            state: "paid" | "upcoming" | "overdue" | "canceled";
                            waived: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        sku: string;
                        startedAt: string | null;
                        /** @enum {string} */
                        state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                        surcharge: number;
                        title: string;
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: instalments_not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_instalments_id_next_part: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        coupon: string | null;
                        coverUrl: string;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        methodKept: boolean;
                        nextPart: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            part: number;
                        } | null;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        paid: {
                            amount: number;
                            currency: string;
                        };
                        paidParts: number;
                        parts: number;
                        path: string;
                        remaining: {
                            amount: number;
                            currency: string;
                        };
                        schedule: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            orderId: string | null;
                            paidAt: string | null;
                            part: number;
                            /** @enum {string} */
                            state: "paid" | "upcoming" | "overdue" | "canceled";
                            waived: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        sku: string;
                        startedAt: string | null;
                        /** @enum {string} */
                        state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                        surcharge: number;
                        title: string;
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: instalments_not_found, instalments_over, not_signed_in, payment_in_progress, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_instalments_id_rest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        coupon: string | null;
                        coverUrl: string;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        methodKept: boolean;
                        nextPart: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            part: number;
                        } | null;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        paid: {
                            amount: number;
                            currency: string;
                        };
                        paidParts: number;
                        parts: number;
                        path: string;
                        remaining: {
                            amount: number;
                            currency: string;
                        };
                        schedule: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            dueAt: string;
                            orderId: string | null;
                            paidAt: string | null;
                            part: number;
                            /** @enum {string} */
                            state: "paid" | "upcoming" | "overdue" | "canceled";
                            waived: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        sku: string;
                        startedAt: string | null;
                        /** @enum {string} */
                        state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                        surcharge: number;
                        title: string;
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: instalments_not_found, instalments_over, not_signed_in, payment_in_progress, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_instalments_quote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    coupon?: string;
                    lines: {
                        gift?: {
                            /** Format: email */
                            email: string;
                            message?: string;
                            name?: string;
                        };
                        quantity?: number;
                        seats?: boolean;
                        sku: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        offer: {
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            extra: {
                                amount: number;
                                currency: string;
                            };
                            graceDays: number;
                            parts: number;
                            refundDays: number;
                            schedule: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                dueAt: string;
                                part: number;
                            }[];
                            sku: string;
                            surcharge: number;
                            tax: {
                                amount: number;
                                currency: string;
                            };
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        } | null;
                        refusal: {
                            code: string;
                            title: string;
                        } | null;
                    };
                };
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_invoices: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            issuedAt: string;
                            /** @enum {string} */
                            kind: "invoice" | "credit_note";
                            number: string;
                            /** Format: uuid */
                            orderId: string;
                            orderNumber: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_invoices_id: {
        parameters: {
            query?: {
                format?: "pdf" | "json" | "ubl";
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description A problem. Codes: invoice_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_lessons_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assets: {
                            [key: string]: {
                                bytes: number;
                                contentType: string;
                                fileName: string;
                                url: string;
                            };
                        };
                        /** @enum {string} */
                        completion: "viewed" | "watched" | "passed";
                        content: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        durationSeconds: number;
                        graded: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                        language: string;
                        languages: string[];
                        mediaSeconds: number;
                        /** Format: uuid */
                        moduleId: string;
                        moduleTitle: string;
                        next: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        path: string[];
                        preview: boolean;
                        previous: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        progress: {
                            positionSeconds: number;
                            state: string;
                        } | null;
                        title: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: lesson_locked, lesson_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_lessons_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: course_not_ready, lesson_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_lessons_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    completion?: "viewed" | "watched" | "passed";
                    content?: unknown;
                    durationSeconds?: number;
                    /** @enum {string} */
                    kind?: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                    markdown?: string;
                    preview?: boolean;
                    title?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assets: {
                            [key: string]: {
                                bytes: number;
                                contentType: string;
                                fileName: string;
                                url: string;
                            };
                        };
                        /** @enum {string} */
                        completion: "viewed" | "watched" | "passed";
                        content: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        durationSeconds: number;
                        graded: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                        language: string;
                        languages: string[];
                        mediaSeconds: number;
                        /** Format: uuid */
                        moduleId: string;
                        moduleTitle: string;
                        next: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        path: string[];
                        preview: boolean;
                        previous: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        progress: {
                            positionSeconds: number;
                            state: string;
                        } | null;
                        title: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: edit_conflict, invalid_document, lesson_not_found, lesson_text_refused, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_lessons_id_file: {
        parameters: {
            query?: {
                as?: "content" | "captions" | "poster";
                language?: string;
                of?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assets: {
                            [key: string]: {
                                bytes: number;
                                contentType: string;
                                fileName: string;
                                url: string;
                            };
                        };
                        /** @enum {string} */
                        completion: "viewed" | "watched" | "passed";
                        content: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        durationSeconds: number;
                        graded: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                        language: string;
                        languages: string[];
                        mediaSeconds: number;
                        /** Format: uuid */
                        moduleId: string;
                        moduleTitle: string;
                        next: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        path: string[];
                        preview: boolean;
                        previous: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        progress: {
                            positionSeconds: number;
                            state: string;
                        } | null;
                        title: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: captions_not_vtt, captions_without_video, edit_conflict, file_missing, file_type_refused, import_upload_broken, lesson_file_not_found, lesson_not_found, not_allowed, not_signed_in, payload_too_large, poster_not_an_image, unsupported_media_type, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_lessons_id_file: {
        parameters: {
            query?: {
                as?: "captions" | "poster";
                language?: string;
                of?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assets: {
                            [key: string]: {
                                bytes: number;
                                contentType: string;
                                fileName: string;
                                url: string;
                            };
                        };
                        /** @enum {string} */
                        completion: "viewed" | "watched" | "passed";
                        content: {
                            content: components["schemas"]["schema0_108251c6"][];
                            /** @constant */
                            type: "doc";
                        };
                        /** Format: uuid */
                        courseId: string;
                        courseSlug: string;
                        durationSeconds: number;
                        graded: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "text" | "video" | "audio" | "file" | "embed" | "quiz" | "link";
                        language: string;
                        languages: string[];
                        mediaSeconds: number;
                        /** Format: uuid */
                        moduleId: string;
                        moduleTitle: string;
                        next: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        path: string[];
                        preview: boolean;
                        previous: {
                            /** Format: uuid */
                            id: string;
                            title: string;
                        } | null;
                        progress: {
                            positionSeconds: number;
                            state: string;
                        } | null;
                        title: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: captions_without_video, edit_conflict, lesson_file_not_found, lesson_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_lessons_id_place: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    moduleId?: string;
                    position: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        courseId: string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        moduleId: string;
                        position: number;
                    };
                };
            };
            /** @description A problem. Codes: lesson_not_found, module_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_lessons_id_text: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        language: string;
                        markdown: string | null;
                        title: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: lesson_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_lessons_lessonId_problems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lessonId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            courseId: string;
                            /** Format: uuid */
                            id: string;
                            lastAttempt: {
                                answers: {
                                    [key: string]: {
                                        choiceIds?: string[];
                                        text?: string;
                                        value?: number;
                                    };
                                };
                                /** Format: uuid */
                                id: string;
                                number: number;
                                result: {
                                    gradable: boolean;
                                    maxPoints: number;
                                    points: number;
                                    responses: {
                                        credit: number;
                                        feedback: {
                                            choiceId: string | null;
                                            text: string;
                                        }[];
                                        id: string;
                                        /** @enum {string} */
                                        state: "correct" | "partial" | "incorrect" | "unanswered" | "ungradable";
                                    }[];
                                    score: number;
                                };
                                /** Format: date-time */
                                submittedAt: string;
                            } | null;
                            /** Format: uuid */
                            lessonId: string;
                            problem: {
                                gradable: boolean;
                                hintCount: number;
                                hints: string[];
                                language: string;
                                maxAttempts: number | null;
                                parts: ({
                                    content: components["schemas"]["schema0_108251c6"][];
                                    language: string;
                                    /** @constant */
                                    type: "prose";
                                } | {
                                    response: {
                                        choices: {
                                            content: components["schemas"]["schema0_108251c6"][];
                                            id: string;
                                            language: string;
                                        }[];
                                        description?: string;
                                        id: string;
                                        /** @constant */
                                        kind: "single_choice";
                                        label: string;
                                        language: string;
                                        reveal?: {
                                            choiceIds: string[];
                                        };
                                    } | {
                                        choices: {
                                            content: components["schemas"]["schema0_108251c6"][];
                                            id: string;
                                            language: string;
                                        }[];
                                        description?: string;
                                        id: string;
                                        /** @constant */
                                        kind: "multiple_choice";
                                        label: string;
                                        language: string;
                                        reveal?: {
                                            choiceIds: string[];
                                        };
                                    } | {
                                        choices: {
                                            content: components["schemas"]["schema0_108251c6"][];
                                            id: string;
                                            language: string;
                                        }[];
                                        description?: string;
                                        id: string;
                                        /** @constant */
                                        kind: "dropdown";
                                        label: string;
                                        language: string;
                                        reveal?: {
                                            choiceIds: string[];
                                        };
                                    } | {
                                        description?: string;
                                        id: string;
                                        /** @constant */
                                        kind: "numerical";
                                        label: string;
                                        language: string;
                                        reveal?: {
                                            choiceIds: string[];
                                        };
                                        unit?: string;
                                    } | {
                                        description?: string;
                                        id: string;
                                        /** @constant */
                                        kind: "text";
                                        label: string;
                                        language: string;
                                        reveal?: {
                                            choiceIds: string[];
                                        };
                                    } | {
                                        description?: string;
                                        id: string;
                                        /** @constant */
                                        kind: "ungradable";
                                        label: string;
                                        language: string;
                                        reveal?: {
                                            choiceIds: string[];
                                        };
                                        sourceKind: string;
                                    };
                                    /** @constant */
                                    type: "response";
                                })[];
                                points: number;
                                solution: {
                                    content: components["schemas"]["schema0_108251c6"][];
                                    language: string;
                                } | null;
                                title: string;
                            };
                            state: {
                                attempts: number;
                                attemptsLeft: number | null;
                                bestScore: number;
                                passed: boolean;
                                /** @enum {string} */
                                submit: "allowed" | "not_gradable" | "already_solved" | "no_attempts_left";
                            };
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: problem_not_open, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_media_id: {
        parameters: {
            query?: {
                download?: boolean;
                expires?: number;
                signature?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description A problem. Codes: media_link_expired, media_range_not_satisfiable, not_allowed, not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_memberships: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            courseCount: number;
                            /** Format: uuid */
                            id: string;
                            language: string;
                            name: string;
                            plans: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                interval: "month" | "year";
                                price: {
                                    amount: number;
                                    currency: string;
                                };
                                sku: string;
                            }[];
                            /** @enum {string} */
                            scope: "courses" | "seller" | "catalogue";
                            seller: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            shownIn: string;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            trialDays: number;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_memberships: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    courseIds?: string[];
                    description?: string;
                    house?: boolean;
                    language: string;
                    name: string;
                    prices?: {
                        /** @enum {string} */
                        interval: "month" | "year";
                        price: {
                            amount: number;
                            currency: string;
                        };
                    }[];
                    /** @enum {string} */
                    scope: "courses" | "seller" | "catalogue";
                    summary?: string;
                    translations?: {
                        [key: string]: {
                            description?: string;
                            name?: string;
                            summary?: string;
                        };
                    };
                    trialDays?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courseCount: number;
                        courseIds: string[] | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        language: string;
                        name: string;
                        plans: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            interval: "month" | "year";
                            price: {
                                amount: number;
                                currency: string;
                            };
                            sku: string;
                        }[];
                        publishedAt: string | null;
                        /** @enum {string} */
                        scope: "courses" | "seller" | "catalogue";
                        seller: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        trialDays: number;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: membership_course_unknown, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_memberships_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, or the name in its address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courseCount: number;
                        courseIds: string[] | null;
                        description: string;
                        held: {
                            /** Format: uuid */
                            planId: string;
                            /** Format: uuid */
                            subscriptionId: string;
                        } | null;
                        /** Format: uuid */
                        id: string;
                        language: string;
                        name: string;
                        plans: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            interval: "month" | "year";
                            price: {
                                amount: number;
                                currency: string;
                            };
                            sku: string;
                        }[];
                        publishedAt: string | null;
                        /** @enum {string} */
                        scope: "courses" | "seller" | "catalogue";
                        seller: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        trialDays: number;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: membership_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_memberships_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    courseIds?: string[];
                    description?: string;
                    language?: string;
                    name?: string;
                    prices?: {
                        /** @enum {string} */
                        interval: "month" | "year";
                        price: {
                            amount: number;
                            currency: string;
                        };
                    }[];
                    /** @enum {string} */
                    scope?: "courses" | "seller" | "catalogue";
                    summary?: string;
                    translations?: {
                        [key: string]: {
                            description?: string;
                            name?: string;
                            summary?: string;
                        };
                    };
                    trialDays?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courseCount: number;
                        courseIds: string[] | null;
                        description: string;
                        /** Format: uuid */
                        id: string;
                        language: string;
                        name: string;
                        plans: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            interval: "month" | "year";
                            price: {
                                amount: number;
                                currency: string;
                            };
                            sku: string;
                        }[];
                        publishedAt: string | null;
                        /** @enum {string} */
                        scope: "courses" | "seller" | "catalogue";
                        seller: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        trialDays: number;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: edit_conflict, membership_course_unknown, membership_not_found, membership_not_ready, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_memberships_id_archive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courseCount: number;
                        courseIds: string[] | null;
                        description: string;
                        held: {
                            /** Format: uuid */
                            planId: string;
                            /** Format: uuid */
                            subscriptionId: string;
                        } | null;
                        /** Format: uuid */
                        id: string;
                        language: string;
                        name: string;
                        plans: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            interval: "month" | "year";
                            price: {
                                amount: number;
                                currency: string;
                            };
                            sku: string;
                        }[];
                        publishedAt: string | null;
                        /** @enum {string} */
                        scope: "courses" | "seller" | "catalogue";
                        seller: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        trialDays: number;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: membership_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_memberships_id_courses: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Its id, or the name in its address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            category: string | null;
                            coverUrl: string | null;
                            durationSeconds: number;
                            /** Format: uuid */
                            id: string;
                            instructors: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            }[];
                            language: string;
                            languages: string[];
                            lessonCount: number;
                            /** @enum {string} */
                            level: "all" | "beginner" | "intermediate" | "advanced";
                            price: {
                                amount: number;
                                currency: string;
                            } | null;
                            rating: number | null;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            title: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: membership_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_memberships_id_publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courseCount: number;
                        courseIds: string[] | null;
                        description: string;
                        held: {
                            /** Format: uuid */
                            planId: string;
                            /** Format: uuid */
                            subscriptionId: string;
                        } | null;
                        /** Format: uuid */
                        id: string;
                        language: string;
                        name: string;
                        plans: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            interval: "month" | "year";
                            price: {
                                amount: number;
                                currency: string;
                            };
                            sku: string;
                        }[];
                        publishedAt: string | null;
                        /** @enum {string} */
                        scope: "courses" | "seller" | "catalogue";
                        seller: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        shownIn: string;
                        slug: string;
                        /** @enum {string} */
                        state: "draft" | "published" | "archived";
                        summary: string;
                        trialDays: number;
                        /** Format: date-time */
                        updatedAt: string;
                        version: number;
                    };
                };
            };
            /** @description A problem. Codes: membership_not_found, membership_not_ready, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_memberships_held: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            courseCount: number;
                            /** Format: uuid */
                            id: string;
                            language: string;
                            name: string;
                            plans: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                interval: "month" | "year";
                                price: {
                                    amount: number;
                                    currency: string;
                                };
                                sku: string;
                            }[];
                            /** @enum {string} */
                            scope: "courses" | "seller" | "catalogue";
                            seller: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            shownIn: string;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            trialDays: number;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_memberships_mine: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            courseCount: number;
                            /** Format: uuid */
                            id: string;
                            language: string;
                            name: string;
                            plans: {
                                /** Format: uuid */
                                id: string;
                                /** @enum {string} */
                                interval: "month" | "year";
                                price: {
                                    amount: number;
                                    currency: string;
                                };
                                sku: string;
                            }[];
                            /** @enum {string} */
                            scope: "courses" | "seller" | "catalogue";
                            seller: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            shownIn: string;
                            slug: string;
                            /** @enum {string} */
                            state: "draft" | "published" | "archived";
                            summary: string;
                            trialDays: number;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_method_setups_id: {
        parameters: {
            query?: {
                refresh?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        nextAction: {
                            expiresAt: string | null;
                            qrCode: string | null;
                            /** @enum {string} */
                            type: "redirect" | "qr_code" | "wait";
                            url: string | null;
                        } | null;
                        provider: string;
                        reason: string | null;
                        /** @enum {string} */
                        state: "created" | "requires_action" | "processing" | "succeeded" | "failed" | "canceled" | "expired";
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, subscription_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_modules_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    position?: number;
                    title?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        courseId: string;
                        /** Format: uuid */
                        id: string;
                        position: number;
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: module_not_found, not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_notifications: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            body: string;
                            /** Format: date-time */
                            createdAt: string;
                            id: string;
                            kind: string;
                            path: string;
                            readAt: string | null;
                            title: string;
                        }[];
                        nextCursor?: string;
                        unread: number;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_notifications_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    read: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        body: string;
                        /** Format: date-time */
                        createdAt: string;
                        id: string;
                        kind: string;
                        path: string;
                        readAt: string | null;
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, notification_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_notifications_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            id: string;
                            /** @enum {string} */
                            kind: "fcm" | "webpush";
                            name: string;
                            /** Format: date-time */
                            seenAt: string;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_notifications_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    kind: "fcm";
                    name?: string;
                    token: string;
                } | {
                    endpoint: string;
                    keys: {
                        auth: string;
                        p256dh: string;
                    };
                    /** @constant */
                    kind: "webpush";
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        id: string;
                        /** @enum {string} */
                        kind: "fcm" | "webpush";
                        name: string;
                        /** Format: date-time */
                        seenAt: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, push_not_offered, push_subscription_refused, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_notifications_devices_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: device_not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_notifications_phone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string | null;
                        verified: boolean;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_notifications_phone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string | null;
                        verified: boolean;
                    };
                };
            };
            /** @description A problem. Codes: code_sent_recently, not_signed_in, text_messages_not_offered, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_notifications_phone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_notifications_phone_confirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        number: string | null;
                        verified: boolean;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed, wrong_code. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_notifications_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channels: {
                            /** @enum {string} */
                            channel: "email" | "sms" | "push" | "inapp";
                            missing: ("setup" | "phone" | "device") | null;
                            ready: boolean;
                        }[];
                        /** @enum {string} */
                        digest: "none" | "daily" | "weekly";
                        items: {
                            /** @enum {string} */
                            channel: "email" | "sms" | "push" | "inapp";
                            digestible: boolean;
                            enabled: boolean;
                            kind: string;
                            locked: boolean;
                            name: string;
                        }[];
                        quietHours: {
                            from: string;
                            to: string;
                        } | null;
                        timeZone: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_notifications_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    digest?: "none" | "daily" | "weekly";
                    items: {
                        /** @enum {string} */
                        channel: "email" | "sms" | "push" | "inapp";
                        enabled: boolean;
                        kind: string;
                    }[];
                    quietHours?: {
                        from: string;
                        to: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channels: {
                            /** @enum {string} */
                            channel: "email" | "sms" | "push" | "inapp";
                            missing: ("setup" | "phone" | "device") | null;
                            ready: boolean;
                        }[];
                        /** @enum {string} */
                        digest: "none" | "daily" | "weekly";
                        items: {
                            /** @enum {string} */
                            channel: "email" | "sms" | "push" | "inapp";
                            digestible: boolean;
                            enabled: boolean;
                            kind: string;
                            locked: boolean;
                            name: string;
                        }[];
                        quietHours: {
                            from: string;
                            to: string;
                        } | null;
                        timeZone: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, notification_always_sent, notification_not_offered, quiet_hours_empty, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_notifications_push_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        apps: boolean;
                        publicKey: string;
                    };
                };
            };
            /** @description A problem. Codes: internal_error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_notifications_read_all: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    upTo?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unread: number;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_notifications_subscription: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        enabled: boolean;
                        kind: string;
                        name: string;
                    };
                };
            };
            /** @description A problem. Codes: unsubscribe_link_not_valid, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_notifications_subscription: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        enabled: boolean;
                        kind: string;
                        name: string;
                    };
                };
            };
            /** @description A problem. Codes: unsubscribe_link_not_valid, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_notifications_unsubscribe: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_notifications_unsubscribe: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: unsubscribe_link_not_valid, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_notifications_webhooks_sendgrid: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: callback_not_expected, callback_not_signed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_notifications_webhooks_twilio: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: callback_not_expected, callback_not_signed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_orders: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            number: string;
                            /** @enum {string} */
                            state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                            titles: string[];
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_orders: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    coupon?: string;
                    document?: string;
                    /** Format: email */
                    email?: string;
                    lines: {
                        gift?: {
                            /** Format: email */
                            email: string;
                            message?: string;
                            name?: string;
                        };
                        quantity?: number;
                        seats?: boolean;
                        sku: string;
                    }[];
                    name?: string;
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer: {
                            email: string;
                            id: string | null;
                            name: string;
                        };
                        claimToken: string | null;
                        closedAt: string | null;
                        closedReason: string | null;
                        country: string | null;
                        coupon: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        instalment: {
                            part: number;
                            parts: number;
                            /** Format: uuid */
                            planId: string;
                            through: number;
                        } | null;
                        invoices: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            issuedAt: string;
                            /** @enum {string} */
                            kind: "invoice" | "credit_note";
                            number: string;
                        }[];
                        lines: {
                            coverUrl: string;
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            gift: {
                                /** Format: uuid */
                                id: string;
                                message: string;
                                recipientEmail: string;
                                state: string;
                            } | null;
                            /** Format: uuid */
                            id: string;
                            includes: {
                                path: string;
                                sku: string;
                                title: string;
                            }[];
                            path: string;
                            /** @enum {string} */
                            purpose: "own" | "gift" | "seats";
                            quantity: number;
                            refundableUntil: string | null;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            revoked: boolean;
                            seats: {
                                bought: number;
                                taken: number;
                            } | null;
                            sellerName: string;
                            sku: string;
                            summary: string;
                            tax: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                inclusive: boolean;
                                name: string;
                                rate: number;
                            } | null;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        number: string;
                        paidAt: string | null;
                        payments: {
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            method: string | null;
                            provider: string;
                            reason: string | null;
                            /** @enum {string} */
                            status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        }[];
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        refunds: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            completedAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            reason: string;
                            state: string;
                        }[];
                        /** @enum {string} */
                        state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                        subtotal: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: buyer_email_needed, coupon_already_used, coupon_not_applicable, coupon_not_now, coupon_unknown, coupon_used_up, item_already_owned, item_in_bundle, item_is_free, item_not_for_sale, item_not_giftable, item_unknown, mixed_currencies, quantity_too_large, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_orders_id: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer: {
                            email: string;
                            id: string | null;
                            name: string;
                        };
                        closedAt: string | null;
                        closedReason: string | null;
                        country: string | null;
                        coupon: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        instalment: {
                            part: number;
                            parts: number;
                            /** Format: uuid */
                            planId: string;
                            through: number;
                        } | null;
                        invoices: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            issuedAt: string;
                            /** @enum {string} */
                            kind: "invoice" | "credit_note";
                            number: string;
                        }[];
                        lines: {
                            coverUrl: string;
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            gift: {
                                /** Format: uuid */
                                id: string;
                                message: string;
                                recipientEmail: string;
                                state: string;
                            } | null;
                            /** Format: uuid */
                            id: string;
                            includes: {
                                path: string;
                                sku: string;
                                title: string;
                            }[];
                            path: string;
                            /** @enum {string} */
                            purpose: "own" | "gift" | "seats";
                            quantity: number;
                            refundableUntil: string | null;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            revoked: boolean;
                            seats: {
                                bought: number;
                                taken: number;
                            } | null;
                            sellerName: string;
                            sku: string;
                            summary: string;
                            tax: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                inclusive: boolean;
                                name: string;
                                rate: number;
                            } | null;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        number: string;
                        paidAt: string | null;
                        payments: {
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            method: string | null;
                            provider: string;
                            reason: string | null;
                            /** @enum {string} */
                            status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        }[];
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        refunds: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            completedAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            reason: string;
                            state: string;
                        }[];
                        /** @enum {string} */
                        state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                        subtotal: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: order_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_orders_id_cancel: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer: {
                            email: string;
                            id: string | null;
                            name: string;
                        };
                        closedAt: string | null;
                        closedReason: string | null;
                        country: string | null;
                        coupon: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        instalment: {
                            part: number;
                            parts: number;
                            /** Format: uuid */
                            planId: string;
                            through: number;
                        } | null;
                        invoices: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            issuedAt: string;
                            /** @enum {string} */
                            kind: "invoice" | "credit_note";
                            number: string;
                        }[];
                        lines: {
                            coverUrl: string;
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            gift: {
                                /** Format: uuid */
                                id: string;
                                message: string;
                                recipientEmail: string;
                                state: string;
                            } | null;
                            /** Format: uuid */
                            id: string;
                            includes: {
                                path: string;
                                sku: string;
                                title: string;
                            }[];
                            path: string;
                            /** @enum {string} */
                            purpose: "own" | "gift" | "seats";
                            quantity: number;
                            refundableUntil: string | null;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            revoked: boolean;
                            seats: {
                                bought: number;
                                taken: number;
                            } | null;
                            sellerName: string;
                            sku: string;
                            summary: string;
                            tax: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                inclusive: boolean;
                                name: string;
                                rate: number;
                            } | null;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        number: string;
                        paidAt: string | null;
                        payments: {
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            method: string | null;
                            provider: string;
                            reason: string | null;
                            /** @enum {string} */
                            status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        }[];
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        refunds: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            completedAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            reason: string;
                            state: string;
                        }[];
                        /** @enum {string} */
                        state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                        subtotal: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: order_not_cancellable, order_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_orders_id_claim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer: {
                            email: string;
                            id: string | null;
                            name: string;
                        };
                        closedAt: string | null;
                        closedReason: string | null;
                        country: string | null;
                        coupon: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        instalment: {
                            part: number;
                            parts: number;
                            /** Format: uuid */
                            planId: string;
                            through: number;
                        } | null;
                        invoices: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            issuedAt: string;
                            /** @enum {string} */
                            kind: "invoice" | "credit_note";
                            number: string;
                        }[];
                        lines: {
                            coverUrl: string;
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            gift: {
                                /** Format: uuid */
                                id: string;
                                message: string;
                                recipientEmail: string;
                                state: string;
                            } | null;
                            /** Format: uuid */
                            id: string;
                            includes: {
                                path: string;
                                sku: string;
                                title: string;
                            }[];
                            path: string;
                            /** @enum {string} */
                            purpose: "own" | "gift" | "seats";
                            quantity: number;
                            refundableUntil: string | null;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            revoked: boolean;
                            seats: {
                                bought: number;
                                taken: number;
                            } | null;
                            sellerName: string;
                            sku: string;
                            summary: string;
                            tax: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                inclusive: boolean;
                                name: string;
                                rate: number;
                            } | null;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                            unitPrice: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        number: string;
                        paidAt: string | null;
                        payments: {
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            method: string | null;
                            provider: string;
                            reason: string | null;
                            /** @enum {string} */
                            status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        }[];
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        refunds: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            completedAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            reason: string;
                            state: string;
                        }[];
                        /** @enum {string} */
                        state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                        subtotal: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, order_already_claimed, order_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_orders_id_payments: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document?: string;
                    name?: string;
                    phone?: string;
                    provider: string;
                    returnUrl?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        method: string | null;
                        nextAction: {
                            expiresAt: string | null;
                            qrCode: string | null;
                            /** @enum {string} */
                            type: "redirect" | "qr_code" | "wait";
                            url: string | null;
                        } | null;
                        /** Format: uuid */
                        orderId: string;
                        orderNumber: string;
                        provider: string;
                        reason: string | null;
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        /** @enum {string} */
                        status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem. Codes: amount_too_small, currency_not_supported, item_not_for_sale, order_not_found, order_not_payable, payer_details_needed, payment_in_progress, provider_unavailable, provider_unknown, return_address_refused, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_orders_id_seats: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            assignedAt: string;
                            email: string;
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            lineId: string;
                            link: string;
                            path: string;
                            /** @enum {string} */
                            state: "invited" | "taken";
                            takenAt: string | null;
                            title: string;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: order_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_orders_id_seats: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** Format: uuid */
                    lineId: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        assignedAt: string;
                        email: string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        lineId: string;
                        link: string;
                        path: string;
                        /** @enum {string} */
                        state: "invited" | "taken";
                        takenAt: string | null;
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: line_has_no_seats, order_not_found, seat_already_assigned, seats_all_taken, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_orders_quote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    coupon?: string;
                    lines: {
                        gift?: {
                            /** Format: email */
                            email: string;
                            message?: string;
                            name?: string;
                        };
                        quantity?: number;
                        seats?: boolean;
                        sku: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyable: boolean;
                        coupon: {
                            applied: boolean;
                            code: string;
                            problem: {
                                code: string;
                                title: string;
                            } | null;
                        } | null;
                        currency: string;
                        discount: {
                            amount: number;
                            currency: string;
                        };
                        lines: {
                            coverUrl: string;
                            discount: {
                                amount: number;
                                currency: string;
                            };
                            includes: {
                                path: string;
                                sku: string;
                                title: string;
                            }[];
                            parts: {
                                coverUrl: string;
                                owned: boolean;
                                path: string;
                                price: {
                                    amount: number;
                                    currency: string;
                                } | null;
                                sku: string;
                                title: string;
                            }[];
                            path: string;
                            /** @enum {string} */
                            purpose: "own" | "gift" | "seats";
                            quantity: number;
                            refundDays: number;
                            refusal: ("not_found" | "not_for_sale" | "free" | "already_owned" | "sold_out" | "not_giftable" | "too_many" | "in_bundle") | null;
                            sellerName: string;
                            sku: string;
                            summary: string;
                            tax: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                inclusive: boolean;
                                name: string;
                                rate: number;
                            } | null;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            } | null;
                            unitPrice: {
                                amount: number;
                                currency: string;
                            } | null;
                            worth: {
                                amount: number;
                                currency: string;
                            } | null;
                        }[];
                        subtotal: {
                            amount: number;
                            currency: string;
                        };
                        tax: {
                            amount: number;
                            currency: string;
                        };
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: mixed_currencies, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_payments_id: {
        parameters: {
            query?: {
                refresh?: boolean;
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        method: string | null;
                        nextAction: {
                            expiresAt: string | null;
                            qrCode: string | null;
                            /** @enum {string} */
                            type: "redirect" | "qr_code" | "wait";
                            url: string | null;
                        } | null;
                        /** Format: uuid */
                        orderId: string;
                        orderNumber: string;
                        provider: string;
                        reason: string | null;
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        /** @enum {string} */
                        status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem. Codes: payment_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_payments_id_cancel: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        method: string | null;
                        nextAction: {
                            expiresAt: string | null;
                            qrCode: string | null;
                            /** @enum {string} */
                            type: "redirect" | "qr_code" | "wait";
                            url: string | null;
                        } | null;
                        /** Format: uuid */
                        orderId: string;
                        orderNumber: string;
                        provider: string;
                        reason: string | null;
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        /** @enum {string} */
                        status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem. Codes: payment_not_cancellable, payment_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_payments_id_refunds: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    access?: "revoke" | "keep";
                    amount?: number;
                    lines?: {
                        amount?: number;
                        /** Format: uuid */
                        lineId: string;
                    }[];
                    note?: string;
                    /** @enum {string} */
                    reason?: "requested" | "goodwill" | "duplicate" | "fraud";
                };
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        orderId: string;
                        /** Format: uuid */
                        paymentId: string;
                        reason: string;
                        revokes: boolean;
                        /** @enum {string} */
                        state: "requested" | "processing" | "succeeded" | "failed";
                    };
                };
            };
            /** @description A problem. Codes: payment_not_found, refund_not_possible, refund_too_large, refund_window_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_payments_courses_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    coupon?: string;
                    document?: string;
                    /** Format: email */
                    email?: string;
                    name?: string;
                    phone?: string;
                    provider: string;
                    returnUrl?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        claimToken: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        method: string | null;
                        nextAction: {
                            expiresAt: string | null;
                            qrCode: string | null;
                            /** @enum {string} */
                            type: "redirect" | "qr_code" | "wait";
                            url: string | null;
                        } | null;
                        /** Format: uuid */
                        orderId: string;
                        orderNumber: string;
                        provider: string;
                        reason: string | null;
                        refunded: {
                            amount: number;
                            currency: string;
                        };
                        /** @enum {string} */
                        status: "created" | "unknown" | "requires_action" | "processing" | "authorized" | "failed" | "canceled" | "expired" | "succeeded" | "partially_refunded" | "refunded";
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description A problem. Codes: amount_too_small, buyer_email_needed, currency_not_supported, item_already_owned, item_is_free, item_not_for_sale, item_unknown, order_not_payable, payer_details_needed, payment_in_progress, provider_unavailable, provider_unknown, return_address_refused, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_payments_providers: {
        parameters: {
            query?: {
                amount?: number;
                currency?: string;
                renewing?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            available: boolean;
                            keepsMethod: boolean;
                            name: string;
                            needs: ("document" | "phone" | "name")[];
                            presents: ("redirect" | "qr_code") | null;
                            unavailable: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_problems_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        courseId: string;
                        /** Format: uuid */
                        id: string;
                        lastAttempt: {
                            answers: {
                                [key: string]: {
                                    choiceIds?: string[];
                                    text?: string;
                                    value?: number;
                                };
                            };
                            /** Format: uuid */
                            id: string;
                            number: number;
                            result: {
                                gradable: boolean;
                                maxPoints: number;
                                points: number;
                                responses: {
                                    credit: number;
                                    feedback: {
                                        choiceId: string | null;
                                        text: string;
                                    }[];
                                    id: string;
                                    /** @enum {string} */
                                    state: "correct" | "partial" | "incorrect" | "unanswered" | "ungradable";
                                }[];
                                score: number;
                            };
                            /** Format: date-time */
                            submittedAt: string;
                        } | null;
                        /** Format: uuid */
                        lessonId: string;
                        problem: {
                            gradable: boolean;
                            hintCount: number;
                            hints: string[];
                            language: string;
                            maxAttempts: number | null;
                            parts: ({
                                content: components["schemas"]["schema0_108251c6"][];
                                language: string;
                                /** @constant */
                                type: "prose";
                            } | {
                                response: {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "single_choice";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "multiple_choice";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "dropdown";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "numerical";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                    unit?: string;
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "text";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "ungradable";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                    sourceKind: string;
                                };
                                /** @constant */
                                type: "response";
                            })[];
                            points: number;
                            solution: {
                                content: components["schemas"]["schema0_108251c6"][];
                                language: string;
                            } | null;
                            title: string;
                        };
                        state: {
                            attempts: number;
                            attemptsLeft: number | null;
                            bestScore: number;
                            passed: boolean;
                            /** @enum {string} */
                            submit: "allowed" | "not_gradable" | "already_solved" | "no_attempts_left";
                        };
                    };
                };
            };
            /** @description A problem. Codes: problem_not_found, problem_not_open, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_problems_id_attempts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answers: {
                        [key: string]: string | number | string[] | null;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        courseId: string;
                        /** Format: uuid */
                        id: string;
                        lastAttempt: {
                            answers: {
                                [key: string]: {
                                    choiceIds?: string[];
                                    text?: string;
                                    value?: number;
                                };
                            };
                            /** Format: uuid */
                            id: string;
                            number: number;
                            result: {
                                gradable: boolean;
                                maxPoints: number;
                                points: number;
                                responses: {
                                    credit: number;
                                    feedback: {
                                        choiceId: string | null;
                                        text: string;
                                    }[];
                                    id: string;
                                    /** @enum {string} */
                                    state: "correct" | "partial" | "incorrect" | "unanswered" | "ungradable";
                                }[];
                                score: number;
                            };
                            /** Format: date-time */
                            submittedAt: string;
                        } | null;
                        /** Format: uuid */
                        lessonId: string;
                        problem: {
                            gradable: boolean;
                            hintCount: number;
                            hints: string[];
                            language: string;
                            maxAttempts: number | null;
                            parts: ({
                                content: components["schemas"]["schema0_108251c6"][];
                                language: string;
                                /** @constant */
                                type: "prose";
                            } | {
                                response: {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "single_choice";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "multiple_choice";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "dropdown";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "numerical";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                    unit?: string;
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "text";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "ungradable";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                    sourceKind: string;
                                };
                                /** @constant */
                                type: "response";
                            })[];
                            points: number;
                            solution: {
                                content: components["schemas"]["schema0_108251c6"][];
                                language: string;
                            } | null;
                            title: string;
                        };
                        state: {
                            attempts: number;
                            attemptsLeft: number | null;
                            bestScore: number;
                            passed: boolean;
                            /** @enum {string} */
                            submit: "allowed" | "not_gradable" | "already_solved" | "no_attempts_left";
                        };
                    };
                };
            };
            /** @description A problem. Codes: answers_not_understood, no_attempts_left, not_signed_in, nothing_answered, problem_already_solved, problem_not_found, problem_not_gradable, problem_not_open, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_problems_id_hints: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        courseId: string;
                        /** Format: uuid */
                        id: string;
                        lastAttempt: {
                            answers: {
                                [key: string]: {
                                    choiceIds?: string[];
                                    text?: string;
                                    value?: number;
                                };
                            };
                            /** Format: uuid */
                            id: string;
                            number: number;
                            result: {
                                gradable: boolean;
                                maxPoints: number;
                                points: number;
                                responses: {
                                    credit: number;
                                    feedback: {
                                        choiceId: string | null;
                                        text: string;
                                    }[];
                                    id: string;
                                    /** @enum {string} */
                                    state: "correct" | "partial" | "incorrect" | "unanswered" | "ungradable";
                                }[];
                                score: number;
                            };
                            /** Format: date-time */
                            submittedAt: string;
                        } | null;
                        /** Format: uuid */
                        lessonId: string;
                        problem: {
                            gradable: boolean;
                            hintCount: number;
                            hints: string[];
                            language: string;
                            maxAttempts: number | null;
                            parts: ({
                                content: components["schemas"]["schema0_108251c6"][];
                                language: string;
                                /** @constant */
                                type: "prose";
                            } | {
                                response: {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "single_choice";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "multiple_choice";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    choices: {
                                        content: components["schemas"]["schema0_108251c6"][];
                                        id: string;
                                        language: string;
                                    }[];
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "dropdown";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "numerical";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                    unit?: string;
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "text";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                } | {
                                    description?: string;
                                    id: string;
                                    /** @constant */
                                    kind: "ungradable";
                                    label: string;
                                    language: string;
                                    reveal?: {
                                        choiceIds: string[];
                                    };
                                    sourceKind: string;
                                };
                                /** @constant */
                                type: "response";
                            })[];
                            points: number;
                            solution: {
                                content: components["schemas"]["schema0_108251c6"][];
                                language: string;
                            } | null;
                            title: string;
                        };
                        state: {
                            attempts: number;
                            attemptsLeft: number | null;
                            bestScore: number;
                            passed: boolean;
                            /** @enum {string} */
                            submit: "allowed" | "not_gradable" | "already_solved" | "no_attempts_left";
                        };
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, problem_not_found, problem_not_open, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_progress_courses_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        certificateId: string | null;
                        completedAt: string | null;
                        completedLessons: number;
                        /** Format: uuid */
                        courseId: string;
                        /** Format: uuid */
                        enrollmentId: string;
                        lastLessonId: string | null;
                        lessons: {
                            completedAt: string | null;
                            /** Format: uuid */
                            id: string;
                            positionSeconds: number;
                            /** @enum {string} */
                            state: "viewed" | "completed";
                            watchedSeconds: number;
                        }[];
                        percent: number;
                        totalLessons: number;
                    };
                };
            };
            /** @description A problem. Codes: not_enrolled, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_progress_lessons_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mediaSeconds?: number;
                    positionSeconds?: number;
                    /** @enum {string} */
                    state: "viewed" | "completed";
                    watched?: number[][];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        course: {
                            certificateId: string | null;
                            completedAt: string | null;
                            completedLessons: number;
                            percent: number;
                            totalLessons: number;
                        };
                        lesson: {
                            completedAt: string | null;
                            /** Format: uuid */
                            id: string;
                            positionSeconds: number;
                            /** @enum {string} */
                            state: "viewed" | "completed";
                            watchedSeconds: number;
                        };
                    };
                };
            };
            /** @description A problem. Codes: lesson_requires_passing, not_enrolled, not_found, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_realtime_tickets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expiresInSeconds: number;
                        ticket: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_sandbox_checkout_providerReference: {
        parameters: {
            query?: {
                lang?: string;
                notice?: string;
            };
            header?: never;
            path: {
                providerReference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_sandbox_checkout_providerReference: {
        parameters: {
            query?: {
                lang?: string;
                notice?: string;
            };
            header?: never;
            path: {
                providerReference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem. Codes: validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_sandbox_payments_providerReference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                providerReference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    outcome: "succeed" | "decline" | "challenge" | "timeout_before" | "timeout_after" | "duplicate_webhook" | "late_webhook" | "reordered_webhook" | "insufficient_funds" | "succeed_then_decline" | "cancel" | "expire" | "dispute" | "dispute_won" | "dispute_lost";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        captured: number;
                        providerReference: string;
                        reason: string | null;
                        reference: string;
                        state: string;
                    };
                };
            };
            /** @description A problem. Codes: sandbox_payment_not_found, sandbox_payment_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            assignedAt: string;
                            email: string;
                            /** Format: uuid */
                            id: string;
                            /** Format: uuid */
                            lineId: string;
                            path: string;
                            /** @enum {string} */
                            state: "invited" | "taken";
                            takenAt: string | null;
                            title: string;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seats_id: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        assignedAt: string;
                        email: string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        lineId: string;
                        path: string;
                        /** @enum {string} */
                        state: "invited" | "taken";
                        takenAt: string | null;
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: seat_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_seats_id: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: seat_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_seats_id_claim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        assignedAt: string;
                        email: string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        lineId: string;
                        path: string;
                        /** @enum {string} */
                        state: "invited" | "taken";
                        takenAt: string | null;
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, seat_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_seats_id_invitations: {
        parameters: {
            query?: {
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        assignedAt: string;
                        email: string;
                        /** Format: uuid */
                        id: string;
                        /** Format: uuid */
                        lineId: string;
                        link: string;
                        path: string;
                        /** @enum {string} */
                        state: "invited" | "taken";
                        takenAt: string | null;
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: seat_invited_lately, seat_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seller_instalments: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                of?: "me" | "house";
                state?: "all" | "running";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            nextPart: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                /** Format: date-time */
                                dueAt: string;
                                part: number;
                            } | null;
                            paid: {
                                amount: number;
                                currency: string;
                            };
                            paidParts: number;
                            parts: number;
                            remaining: {
                                amount: number;
                                currency: string;
                            };
                            sku: string;
                            /** @enum {string} */
                            state: "incomplete" | "active" | "past_due" | "paused" | "disputed" | "completed" | "canceled";
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seller_payout_method: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        method: {
                            holderName: string;
                            /** @enum {string} */
                            kind: "pix" | "iban";
                            value: string;
                        } | null;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_seller_payout_method: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    holderName: string;
                    /** @enum {string} */
                    kind: "pix" | "iban";
                    value: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        method: {
                            holderName: string;
                            /** @enum {string} */
                            kind: "pix" | "iban";
                            value: string;
                        } | null;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seller_payouts: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            reference: string | null;
                            sellerId: string;
                            sentAt: string | null;
                            /** @enum {string} */
                            state: "created" | "sent" | "failed";
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seller_sales: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                sellerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            coupon: string | null;
                            earned: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: uuid */
                            id: string;
                            orderNumber: string;
                            /** Format: date-time */
                            paidAt: string;
                            quantity: number;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            sku: string;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seller_statement: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
                sellerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        balances: {
                            balance: number;
                            currency: string;
                            earned: number;
                            paidOut: number;
                            returned: number;
                        }[];
                        items: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            /** Format: date-time */
                            at: string;
                            id: string;
                            kind: string;
                            orderNumber: string | null;
                            title: string | null;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seller_statement_csv: {
        parameters: {
            query?: {
                sellerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seller_subscriptions: {
        parameters: {
            query?: {
                of?: "me" | "house";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            active: number;
                            leaving: number;
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                            pastDue: number;
                            paused: number;
                            sku: string;
                            title: string;
                            trialing: number;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_seller_totals: {
        parameters: {
            query?: {
                months?: number;
                sellerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            earned: {
                                amount: number;
                                currency: string;
                            };
                            month: string;
                            refunded: {
                                amount: number;
                                currency: string;
                            };
                            sku: string;
                            sold: number;
                            title: string;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_allowed, not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_subscriptions: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: {
                                amount: number;
                                currency: string;
                            };
                            cancelAtPeriodEnd: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            credit: {
                                amount: number;
                                currency: string;
                            };
                            endedAt: string | null;
                            entitled: boolean;
                            /** Format: uuid */
                            id: string;
                            interval: string;
                            intervalCount: number;
                            methodKept: boolean;
                            nextTryAt: string | null;
                            openOrderId: string | null;
                            periodEnd: string | null;
                            periodStart: string | null;
                            sellerLeft: boolean;
                            sku: string;
                            /** @enum {string} */
                            state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                            title: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_subscriptions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    provider: string;
                    returnUrl?: string;
                    sku: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        periodEnd: string | null;
                        periodStart: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: already_subscribed, item_not_for_sale, item_unknown, not_a_plan, not_signed_in, provider_cannot_renew, provider_unavailable, provider_unknown, return_address_refused, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_subscriptions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        method: string | null;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        orders: {
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: uuid */
                            id: string;
                            invoice: {
                                /** Format: uuid */
                                id: string;
                                number: string;
                            } | null;
                            number: string;
                            paidAt: string | null;
                            /** @enum {string} */
                            state: "pending_payment" | "paid" | "partially_refunded" | "refunded" | "cancelled" | "expired";
                            total: {
                                amount: number;
                                currency: string;
                            };
                        }[];
                        periodEnd: string | null;
                        periodStart: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, subscription_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_subscriptions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        periodEnd: string | null;
                        periodStart: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, subscription_not_found, subscription_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_subscriptions_id_methods: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                    returnUrl?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        id: string;
                        nextAction: {
                            expiresAt: string | null;
                            qrCode: string | null;
                            /** @enum {string} */
                            type: "redirect" | "qr_code" | "wait";
                            url: string | null;
                        } | null;
                        provider: string;
                        reason: string | null;
                        /** @enum {string} */
                        state: "created" | "requires_action" | "processing" | "succeeded" | "failed" | "canceled" | "expired";
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, provider_cannot_renew, provider_unavailable, provider_unknown, return_address_refused, subscription_not_found, subscription_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_subscriptions_id_next_period: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        periodEnd: string | null;
                        periodStart: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, subscription_not_found, subscription_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_subscriptions_id_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        periodEnd: string | null;
                        periodStart: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, subscription_not_found, subscription_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_subscriptions_id_plan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeat harmless: same key and body, same answer, one effect. Kept 72 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    returnUrl?: string;
                    sku: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        periodEnd: string | null;
                        periodStart: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: already_subscribed, item_not_for_sale, item_unknown, not_a_plan, not_signed_in, plan_of_another_seller, provider_unavailable, return_address_refused, subscription_not_found, subscription_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_subscriptions_id_plan_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sku: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        interval: string;
                        intervalCount: number;
                        left: {
                            amount: number;
                            currency: string;
                        };
                        price: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        renewsAt: string;
                        sku: string;
                        title: string;
                        total: {
                            amount: number;
                            currency: string;
                        };
                    };
                };
            };
            /** @description A problem. Codes: item_not_for_sale, item_unknown, not_a_plan, not_signed_in, plan_of_another_seller, return_address_refused, subscription_not_found, subscription_over, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_subscriptions_id_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: {
                            amount: number;
                            currency: string;
                        };
                        cancelAtPeriodEnd: boolean;
                        /** Format: date-time */
                        createdAt: string;
                        credit: {
                            amount: number;
                            currency: string;
                        };
                        endedAt: string | null;
                        entitled: boolean;
                        /** Format: uuid */
                        id: string;
                        interval: string;
                        intervalCount: number;
                        methodKept: boolean;
                        nextTryAt: string | null;
                        openOrderId: string | null;
                        periodEnd: string | null;
                        periodStart: string | null;
                        sellerLeft: boolean;
                        sku: string;
                        /** @enum {string} */
                        state: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "canceled" | "ended";
                        title: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, subscription_not_found, subscription_over, subscription_seller_left, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_subscriptions_quote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    sku: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dueNow: {
                            amount: number;
                            currency: string;
                        };
                        /** Format: date-time */
                        firstChargeAt: string;
                        interval: string;
                        intervalCount: number;
                        path: string;
                        price: {
                            amount: number;
                            currency: string;
                        } | null;
                        refundDays: number;
                        refusal: string | null;
                        renewal: {
                            tax: {
                                amount: {
                                    amount: number;
                                    currency: string;
                                };
                                inclusive: boolean;
                                name: string;
                                rate: number;
                            } | null;
                            total: {
                                amount: number;
                                currency: string;
                            };
                        };
                        /** Format: date-time */
                        secondChargeAt: string;
                        sellerName: string;
                        sku: string;
                        summary: string;
                        title: string;
                        trialDays: number;
                    };
                };
            };
            /** @description A problem. Codes: item_unknown, not_a_plan, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_users_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        email: string;
                        emailVerified: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        locale: "en" | "pt-BR" | "es";
                        name: string;
                        roles: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                        timeZone: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_users_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_signed_in, too_many_attempts, validation_failed, wrong_password. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_api_users_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    locale?: "en" | "pt-BR" | "es";
                    name?: string;
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        email: string;
                        emailVerified: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        locale: "en" | "pt-BR" | "es";
                        name: string;
                        roles: ("student" | "instructor" | "supplier" | "fleet" | "support" | "admin")[];
                        timeZone: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_users_me_email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pending: {
                            email: string;
                            /** Format: date-time */
                            requestedAt: string;
                        } | null;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_users_me_email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: email_unchanged, not_signed_in, too_many_attempts, validation_failed, wrong_password. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_users_me_email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_users_me_email_verification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: email_already_verified, not_signed_in, too_many_attempts. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_users_me_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bytes: number;
                        contextsDone: number;
                        contextsTotal: number;
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                        /** Format: uuid */
                        id: string;
                        readyAt: string | null;
                        /** @enum {string} */
                        state: "waiting" | "working" | "ready" | "failed";
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, too_many_attempts. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_users_me_exports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            bytes: number;
                            contextsDone: number;
                            contextsTotal: number;
                            /** Format: date-time */
                            createdAt: string;
                            expiresAt: string | null;
                            /** Format: uuid */
                            id: string;
                            readyAt: string | null;
                            /** @enum {string} */
                            state: "waiting" | "working" | "ready" | "failed";
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_users_me_exports_id_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description A problem. Codes: export_not_found, not_signed_in, too_many_attempts, validation_failed, wrong_password. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_users_me_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currentPassword: string;
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_signed_in, password_refused, too_many_attempts, validation_failed, wrong_password. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_users_me_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default true */
                        autoplayNext: boolean;
                        /** @default false */
                        captions: boolean;
                        /** @default null */
                        captionsLanguage: string | null;
                        /** @default 1 */
                        playbackRate: number;
                        /** @default false */
                        reduceMotion: boolean;
                        /**
                         * @default normal
                         * @enum {string}
                         */
                        textSize: "small" | "normal" | "large";
                        /**
                         * @default system
                         * @enum {string}
                         */
                        theme: "system" | "light" | "dark";
                        /**
                         * @default monday
                         * @enum {string}
                         */
                        weekStartsOn: "monday" | "sunday" | "saturday";
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_users_me_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    autoplayNext?: boolean;
                    /** @default false */
                    captions?: boolean;
                    /** @default null */
                    captionsLanguage?: string | null;
                    /** @default 1 */
                    playbackRate?: number;
                    /** @default false */
                    reduceMotion?: boolean;
                    /**
                     * @default normal
                     * @enum {string}
                     */
                    textSize?: "small" | "normal" | "large";
                    /**
                     * @default system
                     * @enum {string}
                     */
                    theme?: "system" | "light" | "dark";
                    /**
                     * @default monday
                     * @enum {string}
                     */
                    weekStartsOn?: "monday" | "sunday" | "saturday";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default true */
                        autoplayNext: boolean;
                        /** @default false */
                        captions: boolean;
                        /** @default null */
                        captionsLanguage: string | null;
                        /** @default 1 */
                        playbackRate: number;
                        /** @default false */
                        reduceMotion: boolean;
                        /**
                         * @default normal
                         * @enum {string}
                         */
                        textSize: "small" | "normal" | "large";
                        /**
                         * @default system
                         * @enum {string}
                         */
                        theme: "system" | "light" | "dark";
                        /**
                         * @default monday
                         * @enum {string}
                         */
                        weekStartsOn: "monday" | "sunday" | "saturday";
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_users_me_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            current: boolean;
                            expiresAt: string | null;
                            id: string;
                            ip: string | null;
                            /** @enum {string} */
                            kind: "api" | "web";
                            /** Format: date-time */
                            lastUsedAt: string;
                            userAgent: string | null;
                        }[];
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_users_me_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_users_me_sessions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_signed_in, session_not_found, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_webhooks_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        received: boolean;
                    };
                };
            };
            /** @description A problem. Codes: not_found, validation_failed, webhook_malformed, webhook_refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_webhooks_pix_pix: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        received: boolean;
                    };
                };
            };
            /** @description A problem. Codes: not_found, webhook_malformed, webhook_refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_wish_list: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            course: {
                                category: string | null;
                                coverUrl: string | null;
                                durationSeconds: number;
                                /** Format: uuid */
                                id: string;
                                instructors: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                }[];
                                language: string;
                                languages: string[];
                                lessonCount: number;
                                /** @enum {string} */
                                level: "all" | "beginner" | "intermediate" | "advanced";
                                price: {
                                    amount: number;
                                    currency: string;
                                } | null;
                                rating: number | null;
                                slug: string;
                                /** @enum {string} */
                                state: "draft" | "published" | "archived";
                                summary: string;
                                title: string;
                            };
                            /** Format: date-time */
                            savedAt: string;
                            savedPrice: {
                                amount: number;
                                currency: string;
                            } | null;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_api_wish_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    wishes: {
                        /** Format: uuid */
                        courseId: string;
                        /** Format: date-time */
                        savedAt?: string;
                        savedPrice?: {
                            amount: number;
                            currency: string;
                        } | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courseIds: string[];
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_api_wish_list_courseId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: course_not_found, not_signed_in, validation_failed, wish_list_full. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_api_wish_list_courseId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                courseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem. Codes: not_signed_in, validation_failed. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_api_wish_list_ids: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        courseIds: string[];
                    };
                };
            };
            /** @description A problem. Codes: not_signed_in. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
