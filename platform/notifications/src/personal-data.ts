import { type PersonalRecord, statement } from '@stoa/kernel';

type Args = [userId: string, after: string, limit: number];

/** What this context holds of a person: how to reach them, what they want to be told, what they were told. */
export const personalSections = {
  recipient: statement<Args, PersonalRecord>(
    'notifications.personal_recipient',
    `select 'recipient' as key, jsonb_build_object('email', r.email, 'name', r.name, 'locale', r.locale,
       'timeZone', r.time_zone, 'phone', p.number, 'phoneVerifiedAt', p.verified_at, 'quietFromMinute', c.quiet_from,
       'quietToMinute', c.quiet_to, 'digest', c.digest) as record
     from recipients r left join phones p using (user_id) left join delivery_choices c using (user_id)
     where r.user_id = $1::uuid and r.deleted_at is null and 'recipient' > $2 limit $3`,
  ),
  preferences: statement<Args, PersonalRecord>(
    'notifications.personal_preferences',
    `select kind || ' ' || channel as key, jsonb_build_object('kind', kind, 'channel', channel, 'enabled', enabled) as record
     from preferences where user_id = $1::uuid and kind || ' ' || channel > $2 order by 1 limit $3`,
  ),
  devices: statement<Args, PersonalRecord>(
    'notifications.personal_devices',
    `select id::text as key, jsonb_build_object('kind', kind, 'name', name, 'createdAt', created_at, 'seenAt', seen_at) as record
     from devices where user_id = $1::uuid and id::text > $2 order by 1 limit $3`,
  ),
  // What a message says, without the links in it. Not what went to their address before they had an account: an address
  // that was never proven may be somebody else's.
  messages: statement<Args, PersonalRecord>(
    'notifications.personal_messages',
    `select m.id::text as key, jsonb_build_object('id', m.id, 'kind', m.kind, 'channel', m.channel, 'state', m.state,
       'to', b.to_address, 'subject', b.subject, 'about', m.params, 'createdAt', m.created_at, 'sentAt', m.sent_at,
       'readAt', m.read_at) as record
     from messages m left join mailbox b on b.message_id = m.id
     where m.user_id = $1::uuid and m.id::text > $2 order by 1 limit $3`,
  ),
  suppressions: statement<Args, PersonalRecord>(
    'notifications.personal_suppressions',
    `select s.id::text as key, jsonb_build_object('channel', s.channel, 'address', s.address, 'reason', s.reason,
       'createdAt', s.created_at) as record
     from suppressions s
     where (s.address = (select lower(email) from recipients where user_id = $1::uuid)
            or s.address = (select number from phones where user_id = $1::uuid))
       and s.id::text > $2 order by 1 limit $3`,
  ),
};
