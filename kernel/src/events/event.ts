import {
  create,
  type DescMessage,
  fromJson,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from '@bufbuild/protobuf';
import type { Ctx } from '../ctx.ts';
import { type Queries, statement, type Transaction } from '../db/database.ts';

/**
 * An event type: its CloudEvents `type` (`stoa.<context>.<aggregate>.<event>.v<n>`) and the protobuf message of its
 * data. Declared in contracts/, emitted by one context, heard by any.
 */
export type EventType<D extends DescMessage = DescMessage> = {
  readonly type: string;
  readonly context: string;
  readonly data: D;
};

const typePattern = /^stoa\.([a-z]+)\.[a-z-]+\.[a-z-]+\.v\d+$/;

/** Declares an event type. @throws Error if the type does not follow the naming rule */
export function defineEvent<D extends DescMessage>(type: string, data: D): EventType<D> {
  const context = typePattern.exec(type)?.[1];
  if (!context) throw new Error(`not an event type: ${type}`);
  return { type, context, data };
}

/** An event as it travels: CloudEvents 1.0 attributes, the data as JSON, and the position its source gave it. */
export type Envelope = {
  id: string;
  source: string;
  type: string;
  subject: string;
  /** RFC 3339. */
  time: string;
  traceparent: string;
  partitionkey: string;
  aggregateversion: number | null;
  data: JsonValue;
  position: number;
};

/** What a handler gets: the envelope with its data decoded. */
export type Received<D extends DescMessage> = Omit<Envelope, 'data'> & { data: MessageShape<D> };

type Emission<D extends DescMessage> = {
  event: EventType<D>;
  /** Id of the aggregate: events of one aggregate are delivered in order. */
  aggregate: string;
  /** Version of the aggregate after the change, if it counts them. */
  version?: number;
  data: MessageInitShape<D>;
};

const insertEvent = statement<
  [id: string, type: string, subject: string, key: string, version: number | null, data: string, traceparent: string],
  never
>(
  'kernel.emit_event',
  `insert into outbox (id, type, subject, partition_key, aggregate_version, data, traceparent)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);

/**
 * Says what happened, in the transaction in which it happened: both are durable or neither is. Delivery follows by the
 * relay, at least once, in order per aggregate.
 */
export async function emit<D extends DescMessage>(
  tx: Queries | Transaction,
  ctx: Ctx,
  ids: { id: () => string },
  emission: Emission<D>,
): Promise<void> {
  const row = [
    ids.id(),
    emission.event.type,
    emission.aggregate,
    emission.aggregate,
    emission.version ?? null,
    eventData(emission.event, emission.data),
    ctx.traceparent,
  ] as const;
  if ('last' in tx) tx.last(insertEvent, [...row]);
  else await tx.run(insertEvent, [...row]);
}

/** The JSON text of an event's data, for commands that write the outbox row in their own statement. */
export function eventData<D extends DescMessage>(event: EventType<D>, data: MessageInitShape<D>): string {
  return JSON.stringify(toJson(event.data, create(event.data, data), { alwaysEmitImplicit: true }));
}

/** Decodes an envelope. Unknown fields are ignored: an older consumer reads a newer producer. */
export function decode<D extends DescMessage>(event: EventType<D>, envelope: Envelope): Received<D> {
  return { ...envelope, data: fromJson(event.data, envelope.data, { ignoreUnknownFields: true }) };
}
