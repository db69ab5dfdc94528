import { type PersonalRecord, statement } from '@stoa/kernel';

// Everything held about a person except what would open doors: hashes of the password and of tokens.
const everything = statement<[userId: string, after: string, limit: number], PersonalRecord>(
  'identity.personal_data',
  `select 'account' as key, jsonb_build_object(
     'account', jsonb_build_object('id', u.id, 'email', u.email, 'name', u.name, 'roles', to_jsonb(u.roles),
        'locale', u.locale, 'timeZone', u.time_zone, 'emailVerifiedAt', u.email_verified_at,
        'createdAt', u.created_at, 'updatedAt', u.updated_at, 'disabledAt', u.disabled_at,
        'disabledBecause', u.disabled_because),
     'preferences', u.preferences,
     'sessions', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'kind', 'api', 'ip', s.ip,
        'userAgent', s.user_agent, 'createdAt', s.created_at, 'lastUsedAt', s.last_used_at, 'endedAt', s.revoked_at)
        order by s.created_at) from sessions s where s.user_id = u.id), '[]'),
     'browserSessions', coalesce((select jsonb_agg(jsonb_build_object('id', p.uid, 'kind', 'web', 'ip', p.ip,
        'userAgent', p.user_agent, 'createdAt', p.created_at) order by p.created_at)
        from oidc_payloads p where p.account_id = u.id and p.model = 'Session'), '[]'),
     'applications', coalesce((select jsonb_agg(distinct p.payload ->> 'clientId')
        from oidc_payloads p where p.account_id = u.id and p.model = 'Grant'), '[]'),
     'signIns', coalesce((select jsonb_agg(jsonb_build_object('at', i.at, 'kind', i.kind, 'succeeded', i.succeeded,
        'ip', i.ip, 'userAgent', i.user_agent) order by i.id) from sign_ins i where i.user_id = u.id), '[]'),
     'knownDevices', (select count(*) from known_devices d where d.user_id = u.id),
     'mailRequests', coalesce((select jsonb_agg(jsonb_build_object('purpose', m.purpose, 'address', m.email_key,
        'createdAt', m.created_at, 'closedAt', m.closed_at) order by m.created_at)
        from mail_requests m where m.user_id = u.id), '[]'),
     'securityLog', coalesce((select jsonb_agg(jsonb_build_object('at', a.at, 'action', a.action,
        'byYourself', a.actor_id = u.id, 'details', a.details, 'ip', case when a.actor_id = u.id then a.ip end)
        order by a.id) from audit_entries a where a.subject_id = u.id), '[]')
   ) as record
   from users u where u.id = $1::uuid and u.deleted_at is null and 'account' > $2 limit $3`,
);

/** What identity holds of a person: the account, its sessions and sign-ins, what was done to it. */
export const personalSections = { account: everything };
