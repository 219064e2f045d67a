import { describe, expect, it } from 'vitest';
import {
	beginProfile,
	confirmProfile,
	resumeProfile,
} from '#lib/core/field/profile-reading/profile-steps.ts';
import { keepRows, NO_ROWS } from '#lib/core/field/profile-reading/kept-rows.ts';
import {
	type ProfileReading,
	profileSettings,
} from '#lib/core/field/profile-reading/reading-state.ts';
import type { ProfileRow } from '#lib/core/field/profile-reading/rows.ts';
import { type ProfileReport, readProfile } from '#lib/link/read-profile.ts';
import { createCosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { agreement, VirtualAnswers } from '../core/field/answering.ts';
import { PROFILE, ProfileMeter } from '../core/field/profile-reading/profile-meter.ts';
import { MADE_MS, meterOnBench } from '../core/meter/bench-meter.ts';
import { AnsweringConversation, InstantTimer } from './answering-conversation.ts';

const begin = (more = {}) => beginProfile(agreement(), profileSettings(PROFILE, more));
const timer = () => new InstantTimer(0);

async function readAll(
	conversation: AnsweringConversation,
	from: ProfileReading,
	signal?: AbortSignal,
): Promise<{ rows: ProfileRow[]; last: ProfileReport }> {
	const rows: ProfileRow[] = [];
	let last: ProfileReport | undefined;
	for await (const report of readProfile(conversation, from, {
		timer: timer(),
		...(signal && { signal }),
	})) {
		rows.push(...report.rows);
		last = report;
	}
	if (!last) throw new Error('no report');
	return { rows, last };
}

describe('a profile over a conversation', () => {
	it('hands its rows out as they come', async () => {
		const meter = new ProfileMeter({ count: 700 });
		const { rows, last } = await readAll(new AnsweringConversation(meter.answer), begin());
		expect([rows.length, last.reading.phase, last.reading.rows]).toEqual([700, 'done', 700]);
		expect(rows[0]?.cells[1]).toBe(699);
	});

	it('asks before a million rows, then streams them with bounded memory', async () => {
		const meter = new ProfileMeter({ count: 1_000_000 });
		const conversation = new AnsweringConversation(meter.answer);
		const { last, rows } = await readAll(conversation, begin());
		expect([last.reading.phase, rows.length]).toEqual(['confirm', 0]);
		let kept = NO_ROWS;
		let pieces = 0;
		for await (const report of readProfile(conversation, confirmProfile(last.reading), {
			timer: timer(),
		})) {
			kept = keepRows(kept, report.rows, 2000);
			if ((pieces += 1) === 100) break;
		}
		expect(kept.rows).toHaveLength(2000);
		expect(kept.leftOut).toBeGreaterThan(10_000);
		expect(kept.rows[0]?.cells[1]).toBe(999_999);
	});

	it('survives a pulled cable at every question, losing and doubling nothing', async () => {
		for (const kind of ['losesAnswer', 'losesQuestion'] as const)
			for (let at = 1; at < 14; at += 1) {
				const meter = new ProfileMeter({ count: 300 });
				const broken = await readAll(
					new AnsweringConversation(meter.answer, { [kind]: at }),
					begin({ sliceOctets: 1024 }),
				);
				const stored = JSON.parse(JSON.stringify(broken.last.reading)) as ProfileReading;
				const rest = await readAll(
					new AnsweringConversation(meter.answer),
					resumeProfile(stored, agreement()),
				);
				const numbers = [...broken.rows, ...rest.rows].map(({ cells }) => cells[1]);
				expect(numbers).toEqual(Array.from({ length: 300 }, (_, each) => 299 - each));
			}
	});

	it('is called off between two pieces', async () => {
		const controller = new AbortController();
		controller.abort();
		const meter = new ProfileMeter({ count: 300 });
		const conversation = new AnsweringConversation(meter.answer);
		const { last } = await readAll(conversation, begin(), controller.signal);
		expect(last.interrupted).toEqual({ why: 'called-off' });
		expect(conversation.asked).toEqual([]);
	});

	it('of the virtual meter: load, events, tokens', async () => {
		const nowMs = MADE_MS + 30 * 3_600_000;
		const meter = createCosemMeter(meterOnBench({ creditWh: 5000 }), MADE_MS);
		const answers = new VirtualAnswers(meter, nowMs);
		const read = (name: string, more = {}) =>
			readAll(
				new AnsweringConversation(answers.answer),
				beginProfile(
					agreement(),
					profileSettings(obis(name), { account: obis('0.0.19.0.0'), ...more }),
				),
			);
		const load = await read('1.0.99.1.0');
		expect(load.rows).toHaveLength(120);
		expect(load.last.shape?.columns.map(({ unit }) => unit)).toEqual(['', 'Wh', 'W', 'kWh']);
		const span = { fromMs: nowMs - 7_200_000, toMs: nowMs };
		expect((await read('1.0.99.1.0', span)).rows).toHaveLength(9);
		const events = await read('0.0.99.98.0');
		expect(events.rows.at(-1)?.cells[1]).toBe(1);
		expect((await read('0.0.99.17.0')).last.reading.phase).toBe('done');
		expect((await read('1.0.99.77.0')).last.reading.stopped).toBe('not-in-this-meter');
	});
});
