import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { startExpiryWatch, sweepExpired } from '#lib/browser/vault/expiry-watch.ts';
import { soon } from '../../harness/soon.ts';
import {
	closeTabs,
	HOUR,
	NOW,
	octets,
	openBench,
	OWNER,
	PIN,
	reload,
	type Bench,
} from './bench.ts';

afterEach(closeTabs);
const names = async ({ db }: Bench) => (await db.sealed.toArray()).map(({ name }) => name).sort();

/** Until it has looked, and waits for the next look. */
const armed = ({ timer }: Bench) => soon(() => expect(timer.waiting).toBe(1));

async function sealed(): Promise<Bench> {
	const made = await openBench();
	await made.vault.seal('pack/1', 1, octets('a'), NOW + HOUR);
	await made.vault.seal('pack/2', 1, octets('b'), NOW + 2 * HOUR);
	await made.vault.seal('note', 1, octets('c'), null);
	return made;
}

describe('what has an end', () => {
	it('is destroyed when it comes, with the vault locked, and that is left to be told', async () => {
		const made = await sealed();
		made.vault.lock();
		const dropped: number[] = [];
		const stop = startExpiryWatch(
			{ db: made.db, clock: made.clock, timer: made.timer },
			{ dropExpired: (nowMs) => void dropped.push(nowMs) },
		);
		await armed(made);
		for (let minute = 0; minute < 60; minute += 1) {
			expect(await names(made)).toEqual(['note', 'pack/1', 'pack/2']);
			made.timer.pass(60_000);
			await armed(made);
		}
		expect(await names(made)).toEqual(['note', 'pack/2']);
		expect(await made.db.gone.toArray()).toEqual([
			{ owner: OWNER, name: 'pack/1', why: 'expired', atMs: NOW + HOUR },
		]);
		expect(dropped.at(-1)).toBe(NOW + HOUR);
		stop();
		expect(made.timer.waiting).toBe(0);
	});

	it('is destroyed at the next start when the page was closed over its end', async () => {
		const before = await sealed();
		before.clocks.pass(90 * 60_000);
		const after = await reload(before);
		await sweepExpired(after);
		expect(await names(after)).toEqual(['note', 'pack/2']);
	});

	it('is destroyed by whoever asks for it, if nobody else did', async () => {
		const made = await sealed();
		made.clocks.pass(HOUR);
		expect(await made.vault.unseal('pack/1')).toEqual({ refused: 'expired' });
		expect(await names(made)).toEqual(['note', 'pack/2']);
		expect(await made.vault.unseal('pack/1')).toEqual({ refused: 'absent' });
	});

	it('does not live longer by a clock that is set back, the page closed in between or not', async () => {
		const made = await sealed();
		made.clocks.pass(HOUR / 2);
		await sweepExpired(made);
		made.clocks.wallMs -= 100 * HOUR;
		made.clocks.pass(HOUR / 2);
		expect(await made.vault.unseal('pack/1')).toEqual({ refused: 'expired' });
		const after = await reload(made);
		await after.vault.unlock(PIN);
		made.clocks.pass(HOUR);
		expect(await after.vault.unseal('pack/2')).toEqual({ refused: 'expired' });
	});

	it('is looked after again soon, whatever the disk says', async () => {
		const made = await sealed();
		const stop = startExpiryWatch(
			{ db: made.db, clock: made.clock, timer: made.timer },
			{ dropExpired: () => undefined },
		);
		await armed(made);
		made.db.close();
		made.timer.pass(60_000);
		await armed(made);
		stop();
	});

	it('says how long until the next look: until the next end, a minute at most', async () => {
		const made = await sealed();
		expect(await sweepExpired(made)).toMatchObject({ againMs: 60_000 });
		made.clocks.pass(HOUR - 5_000);
		expect(await sweepExpired(made)).toEqual({ gone: 0, againMs: 5_000 });
		made.clocks.pass(2 * HOUR);
		expect(await sweepExpired(made)).toMatchObject({ againMs: 60_000 });
		expect(await names(made)).toEqual(['note']);
	});
});
