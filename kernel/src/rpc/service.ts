import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type DescService,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import type { Ctx } from '../ctx.ts';

/** The calls of a service as plain functions: what a context implements and what its siblings hold. */
export type Service<S extends DescService> = {
  [M in keyof S['method']]: S['method'][M] extends DescMethodUnary<infer I, infer O>
    ? (input: MessageInitShape<I>, ctx: Ctx) => Promise<MessageInitShape<O>>
    : never;
};

/** What a caller holds: the same functions, with complete messages as answers. */
export type Client<S extends DescService> = {
  [M in keyof S['method']]: S['method'][M] extends DescMethodUnary<infer I, infer O>
    ? (input: MessageInitShape<I>, ctx: Ctx) => Promise<MessageShape<O>>
    : never;
};

/** What an implementation gets: the same functions, with complete messages as input. */
export type Implementation<S extends DescService> = {
  [M in keyof S['method']]: S['method'][M] extends DescMethodUnary<infer I, infer O>
    ? (input: MessageShape<I>, ctx: Ctx) => Promise<MessageInitShape<O>>
    : never;
};

/** One unary call without its types, as transports see it. */
export type UntypedCall = (input: unknown, ctx: Ctx) => Promise<unknown>;

/** A service and what implements it, ready to be served. */
export type Served = { service: DescService; implementation: Record<string, UntypedCall> };

/** A service of one context; several contexts of a process may serve the same one, callers name whom they mean. */
export type ServedBy = Served & { context?: string };

/** Pairs a service with its implementation, types checked. */
export function served<S extends DescService>(service: S, implementation: Implementation<S>): Served {
  return { service, implementation: implementation as Record<string, UntypedCall> };
}

/**
 * Calls an implementation in this process. Messages are completed with their defaults on both sides, exactly as they
 * would be after a trip over the wire, so that nothing can depend on the mode.
 */
export function localClient<S extends DescService>(service: S, implementation: () => Implementation<S>): Client<S> {
  const client: Record<string, UntypedCall> = {};
  for (const method of service.methods) {
    client[method.localName] = async (input, ctx) => {
      const call = (implementation() as Record<string, UntypedCall>)[method.localName];
      if (!call) throw new Error(`${service.typeName} does not implement ${method.localName}`);
      return complete(method.output, await call(complete(method.input, input), ctx));
    };
  }
  return client as Client<S>;
}

/** The message with every field present. */
export function complete<D extends DescMessage>(schema: D, value: unknown): MessageShape<D> {
  return create(schema, value as MessageInitShape<D>);
}
