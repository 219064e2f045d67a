/**
 * Freezes a journal as this version of the app writes, signs and seals it, for `old-journals.test.ts`: run once for
 * every new version of the entries, before it is released, and never again after.
 *
 * node test/server/till/old-journals/freeze-journal.ts
 */
import 'fake-indexeddb/auto';
import { existsSync, writeFileSync } from 'node:fs';
import { AgentStore } from '#lib/browser/store/agent.ts';
import { appendTillDeed, type TillDeed } from '#lib/browser/sync/till-journal.ts';
import { sealSale } from '#lib/browser/sync/till-seal.ts';
import { publicKeysOf } from '#lib/browser/vault/device-keys.ts';
import {
	TILL_JOURNAL_SCHEMA,
	type RevealedSale,
	type TillContents,
	type TillSale,
} from '#lib/core/sync/till-journal.ts';
import type { TillKind } from '#lib/core/vending/till-kinds.ts';
import { makeSaleKey, saleKeyOf } from '#lib/server/till/sale-key.ts';
import { OPERATOR, SHIFT, tillBench } from '../../../browser/sync/till-bench.ts';
import { FakeClocks } from '../../../browser/vault/bench.ts';
import { MORNING_MS } from '../../harness/morning.ts';
import type { OldJournal } from './old-journals.ts';

const TERMINAL = 'T-101';
const KITCHEN = '00000000018';
const MISTYPED = '37204999996';
const FREE = '00000000034';
const AMOUNT = 50_000;
const CHANGE = 5_000;

const secret = makeSaleKey();
const { publicKey } = await saleKeyOf(secret);
const clocks = new FakeClocks();
clocks.wallMs = MORNING_MS;
const store = new AgentStore('freezing a journal');
const bench = { ...(await tillBench(store, clocks)), terminalId: TERMINAL };
const keys = await publicKeysOf(bench.keys);
const written: OldJournal['entries'][number][] = [];

async function write<Kind extends TillKind>(
	deed: Omit<TillDeed<Kind>, 'operatorId'>,
	holds: TillSale | RevealedSale | null = null,
): Promise<string> {
	const entry = await appendTillDeed(bench, { ...deed, operatorId: OPERATOR } as TillDeed<Kind>);
	written.push({ entry, holds });
	clocks.pass(60_000);
	return entry.id;
}

async function sell(sale: Pick<TillSale, 'promise' | 'request'>, replaces: string | null = null) {
	const whole: TillSale = {
		...sale,
		...{ claimCode: 'ABCD1234~', replaces, answerTo: keys.agreement },
	};
	const content = { batchId: SHIFT, sealed: await sealSale(publicKey, whole) };
	return await write<'sale'>({ kind: 'sale', content }, whole);
}
const credit = (drn: string) => ({
	...({ kind: 'credit', drn, amountMinor: AMOUNT, currency: 'KES' } as const),
	...{ operatorId: OPERATOR, requestedAtMs: clocks.nowMs() },
	tender: { method: 'cash', tenderedMinor: AMOUNT + CHANGE } as const,
});
const agreed = { energyDeciKwh: 0, tariff: { id: 'domestic-flat', version: 1 } };

await write<'batch-opened'>({
	kind: 'batch-opened',
	content: {
		batchId: SHIFT,
		request: { kind: 'shift', parentId: null, operatorId: OPERATOR },
	},
});
const sold = await sell({
	promise: 'token',
	request: { ...credit(KITCHEN), agreed, notifyPhone: '+254712345678' },
});
await sell({
	promise: 'provisional',
	request: { ...credit(KITCHEN), agreed: null, estimated: true },
});
const meter = { from: 'detail', sgc: '999962', krn: 1, ti: '01', ea: 7, tct: '02' } as const;
const refused = await sell({
	promise: 'provisional',
	request: { ...credit(MISTYPED), agreed: null, estimated: true, meter },
});
await sell(
	{
		promise: 'token',
		request: { kind: 'fbe', drn: FREE, requestedAtMs: clocks.nowMs() },
	},
	refused,
);
const revealed: RevealedSale = {
	tender: { method: 'card', tenderedMinor: AMOUNT },
	...{ notifyPhone: '+254712345678', answerTo: keys.agreement },
};
await write<'reveal'>(
	{
		kind: 'reveal',
		content: { vendId: sold, batchId: SHIFT, sealed: await sealSale(publicKey, revealed) },
	},
	revealed,
);
await write<'reserve-ended'>({
	kind: 'reserve-ended',
	content: { vendId: sold, because: 'expired' },
});
await write<'refund-paid'>({
	kind: 'refund-paid',
	content: { saleId: refused, batchId: SHIFT, amountMinor: AMOUNT },
});
await write<'reprint'>({ kind: 'reprint', content: { vendId: sold, copy: 2 } });
const tally = { count: 2, amountMinor: 2 * AMOUNT };
const none = { count: 0, amountMinor: 0 };
const closed: TillContents['batch-closed'] = {
	batchId: SHIFT,
	request: {
		cash: [{ denominationMinor: 100_000, count: 1 }],
		others: [{ payType: 'card', amountMinor: 0 }],
		reference: 'BAG-1',
	},
	totals: {
		sold: { ...tally, energyDeciKwh: 0 },
		byPayType: [{ payType: 'cash', ...tally }],
		...{ byOperator: [], byTransactionType: [], byResource: [] },
		...{ unfinished: none, refused: none, reversed: none },
	},
};
await write<'batch-closed'>({ kind: 'batch-closed', content: closed });

const frozen: OldJournal = {
	...{ entrySchema: TILL_JOURNAL_SCHEMA, terminalId: TERMINAL, deviceId: bench.keys.id },
	...{ operatorId: OPERATOR, signing: keys.signing, saleKey: secret, entries: written },
};
const file = `${import.meta.dirname}/journal-${TILL_JOURNAL_SCHEMA}.json`;
if (existsSync(file)) throw new Error(`${file} is frozen`);
writeFileSync(file, `${JSON.stringify(frozen, null, '\t')}\n`);
store.close();
