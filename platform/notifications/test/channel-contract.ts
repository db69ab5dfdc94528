import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { systemIds } from '@stoa/kernel';
import type { ChannelAdapter, Refusal } from '../src/channels/port.ts';
import type { Trouble } from './simulators/provider-server.ts';

/** A provider under test: the adapter, its simulator, and messages for the cases. */
export type Bench<M> = {
  adapter: ChannelAdapter<M>;
  /** A message with this text to somebody who exists. */
  message: (text: string) => M;
  /** How often the provider's book has this text. */
  arrived: (text: string) => number;
  /** To an address the provider refuses for good, by the reason it has to come out as. */
  refused: Partial<Record<Refusal, () => M>>;
  trouble: (trouble: Trouble | undefined) => void;
  /** Seconds the overloaded provider asks for. */
  overloadedSeconds: number | null;
  /** The same with credentials that the provider does not know; `secret` must not be told. */
  stranger?: { adapter: ChannelAdapter<M>; secret: string };
  close: () => Promise<void>;
};

/** What every way out has to keep, whatever its provider. */
export function channelContract<M>(name: string, open: () => Promise<Bench<M>>, troubles: readonly Trouble[]): void {
  describe(`${name} keeps the contract of a channel`, () => {
    let bench: Bench<M>;
    before(async () => {
      bench = await open();
    });
    after(async () => {
      bench?.adapter.close();
      bench?.stranger?.adapter.close();
      await bench?.close();
    });
    afterEach(() => bench?.trouble(undefined));
    const call = () => ({ messageId: systemIds.id(), attempt: 1 });

    it('hands a message over once, with the words of every language as they are', async () => {
      for (const text of [
        'Your course is ready.',
        'Seu pagamento não foi concluído: ação necessária.',
        'Compró «Señales» ✓',
      ]) {
        const outcome = await bench.adapter.send(bench.message(text), call());
        assert.equal(outcome.kind, 'accepted', outcome.detail);
        assert.ok(outcome.kind === 'accepted' && outcome.providerId, 'the provider’s own id is kept');
        assert.equal(bench.arrived(text), 1);
      }
    });

    it('tells apart why a provider refuses for good', async () => {
      const cases = Object.entries(bench.refused);
      assert.ok(cases.length > 0);
      for (const [reason, message] of cases) {
        const outcome = await bench.adapter.send(message(), call());
        assert.equal(outcome.kind, 'refused', `${reason}: ${outcome.detail}`);
        assert.equal(outcome.kind === 'refused' && outcome.reason, reason, outcome.detail);
      }
    });

    for (const trouble of troubles) {
      it(`keeps a message for later when the provider is in trouble: ${trouble}`, async () => {
        const text = `Later, after ${trouble}`;
        const message = bench.message(text);
        bench.trouble(trouble);
        const outcome = await bench.adapter.send(message, call());
        assert.equal(outcome.kind, 'retry', outcome.detail);
        if (trouble === 'overloaded' && outcome.kind === 'retry')
          assert.equal(outcome.afterSeconds, bench.overloadedSeconds);
        bench.trouble(undefined);
        const again = await bench.adapter.send(message, { ...call(), attempt: 2 });
        assert.equal(again.kind, 'accepted', again.detail);
        assert.equal(bench.arrived(text), 1);
      });
    }

    it('does not take wrong credentials for the recipient’s fault, and does not tell them', async (t) => {
      const { stranger } = bench;
      if (!stranger) return t.diagnostic('this provider knows no credentials');
      const outcome = await stranger.adapter.send(bench.message('From a stranger'), call());
      assert.equal(outcome.kind, 'retry', outcome.detail);
      assert.ok(!JSON.stringify(outcome).includes(stranger.secret));
      assert.equal(bench.arrived('From a stranger'), 0);
    });
  });
}
