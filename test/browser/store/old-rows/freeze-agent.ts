/**
 * Freezes what this version of the app writes into an agent's database, for `agent-old-rows.test.ts`: run once
 * for every new version of the database or of the entries, before it is released, and never again after.
 *
 * node test/browser/store/old-rows/freeze-agent.ts
 */
import 'fake-indexeddb/auto';
import { existsSync, writeFileSync } from 'node:fs';
import { AGENT_SCHEMAS, AgentStore } from '#lib/browser/store/agent.ts';
import { AGENT_ROW_SCHEMA, type TillProgressRow } from '#lib/browser/store/agent-rows.ts';
import { appendTillDeed, type TillDeed } from '#lib/browser/sync/till-journal.ts';
import { publicKeysOf } from '#lib/browser/vault/device-keys.ts';
import { TILL_JOURNAL_SCHEMA, type TillContents } from '#lib/core/sync/till-journal.ts';
import { type TillKind } from '#lib/core/vending/till-kinds.ts';
import type { OldRows } from './old-rows.ts';
import { OPERATOR, saleRow, SHIFT, tillBench } from '../../sync/till-bench.ts';

const VEND = '01935f2a-0000-7000-8000-0000000000d1';
const tally = { count: 1, amountMinor: 100 };
const totals: TillContents['batch-closed']['totals'] = {
	...{ sold: { ...tally, energyDeciKwh: 10 }, byPayType: [{ payType: 'cash', ...tally }] },
	...{ byOperator: [], byTransactionType: [], byResource: [] },
	...{ unfinished: tally, refused: tally, reversed: tally },
};
const request: TillContents['batch-opened']['request'] = {
	...{ kind: 'shift', parentId: null, operatorId: OPERATOR },
};
const closing: TillContents['batch-closed']['request'] = {
	...{ cash: [{ denominationMinor: 100, count: 1 }], others: [], reference: 'BAG-1' },
};
const CONTENTS: { readonly [Kind in TillKind]: TillContents[Kind] } = {
	'batch-opened': { batchId: SHIFT, request },
	sale: { batchId: SHIFT, sealed: 'a.sealed.sale' },
	reveal: { vendId: VEND, batchId: SHIFT, sealed: 'a.sealed.reveal' },
	'reserve-ended': { vendId: VEND, because: 'expired' },
	'refund-paid': { saleId: VEND, batchId: SHIFT, amountMinor: 100 },
	reprint: { vendId: VEND, copy: 2 },
	'batch-closed': { batchId: SHIFT, request: closing, totals },
};

const bench = await tillBench(new AgentStore('freezing'));
const { store, keys } = bench;
/** Twice over: the first half was handed in by the old version, the second was not. */
for (let round = 0; round < 2; round += 1)
	for (const [kind, content] of Object.entries(CONTENTS)) {
		const deed = { kind, content, operatorId: OPERATOR } as TillDeed<TillKind>;
		await appendTillDeed(bench, deed, async ({ id }) => {
			if (kind === 'sale') await store.sales.add(saleRow(id));
			if (kind === 'reveal')
				await store.sales.add(saleRow(id, { promise: 'reserve', state: 'issued' }));
		});
		bench.clocks.pass(60_000);
	}
const half = Object.keys(CONTENTS).length;
await store.progress
	.filter(({ sequence }) => sequence <= half)
	.modify((row: { -readonly [Key in keyof TillProgressRow]: TillProgressRow[Key] }) => {
		row.state = row.sequence === 2 ? 'taken' : 'done';
		row.outcome = { state: row.sequence === 2 ? 'issuing' : 'done', code: null };
	});

const { version, tables } = AGENT_SCHEMAS.at(-1)!;
const frozen: OldRows = {
	...{ database: version, rowSchema: AGENT_ROW_SCHEMA, entrySchema: TILL_JOURNAL_SCHEMA },
	tables: tables as Record<string, string>,
	deviceId: keys.id,
	signing: (await publicKeysOf(keys)).signing,
	rows: {},
};
const rows: Record<string, unknown[]> = {};
for (const table of store.tables)
	if (table.name !== 'deviceKeys') rows[table.name] = await table.toArray();
const file = `${import.meta.dirname}/agent-${version}-${TILL_JOURNAL_SCHEMA}.json`;
if (existsSync(file)) throw new Error(`${file} is frozen`);
const text = JSON.stringify(
	{ ...frozen, rows },
	(_, value: unknown) => (value instanceof Uint8Array ? { octets: [...value] } : value),
	'\t',
);
writeFileSync(file, `${text}\n`);
store.close();
