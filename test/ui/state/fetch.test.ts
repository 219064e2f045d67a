import { describe, expect, it } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { FetchAnswer, FetchCodeAnswer } from '#lib/core/sync/fetch.ts';
import { FetchAgain } from '#lib/ui/state/fetch.svelte.ts';
import * as sales from '../../core/sync/sale.ts';

const WHOSE = { drn: '00000000018', phone: '+254712345678' };
const SENT: ApiOutcome<FetchCodeAnswer> = { kind: 'answer', answer: { expiresAtMs: 9 } };
const FOUND: FetchAnswer = {
	days: 90,
	purchases: [
		{
			...{ acceptedAtMs: 1, amountMinor: 500, vend: sales.issued },
			currency: { code: 'KES', minorDigits: 2 },
		},
	],
};
const wrong: ApiOutcome<never> = { kind: 'problem', problem: sales.problem('code-wrong') };

/** A backend that answers when it is told to. */
function bench(keep = async () => [sales.ID]) {
	const answers: ((outcome: ApiOutcome<never>) => void)[] = [];
	const asked: object[] = [];
	const wait = (request: object) => {
		asked.push(request);
		return new Promise<ApiOutcome<never>>((resolve) => answers.push(resolve));
	};
	const fetch = new FetchAgain({ requestCode: wait, fetch: wait, keep });
	const answer = async (outcome: ApiOutcome<object>, deed: Promise<void>) => {
		answers.at(-1)?.(outcome as ApiOutcome<never>);
		await deed;
	};
	return { fetch, asked, answer };
}

describe('fetching again', () => {
	it('goes from whose to the code to the purchases, and keeps nothing by itself', async () => {
		let kept = 0;
		const { fetch, asked, answer } = bench(async () => {
			kept += 1;
			return [sales.ID];
		});
		const code = fetch.ask(WHOSE, 'sw');
		expect(fetch.busy).toBe(true);
		await fetch.ask(WHOSE, 'sw');
		await answer(SENT, code);
		expect(fetch.whose).toEqual(WHOSE);
		await answer({ kind: 'answer', answer: FOUND }, fetch.enter('123456'));
		expect(asked).toEqual([
			{ ...WHOSE, language: 'sw' },
			{ ...WHOSE, code: '123456' },
		]);
		expect(fetch.found).toEqual(FOUND);
		expect([fetch.kept, kept]).toEqual([null, 0]);
		await fetch.keep();
		expect([fetch.kept, kept]).toEqual([[sales.ID], 1]);
	});

	it('says why nothing came, and tries again from where it was', async () => {
		const { fetch, answer } = bench();
		await answer({ kind: 'unknown' }, fetch.ask(WHOSE, 'en'));
		expect([fetch.trouble, fetch.whose]).toEqual(['unknown', null]);
		await answer(SENT, fetch.ask(WHOSE, 'en'));
		expect(fetch.trouble).toBeNull();
		await answer(wrong, fetch.enter('123456'));
		expect(fetch.trouble).toEqual({ problem: sales.problem('code-wrong') });
		expect([fetch.whose, fetch.found, fetch.busy]).toEqual([WHOSE, null, false]);
	});

	it('an answer to what was given up is nobody’s', async () => {
		const { fetch, answer } = bench();
		await answer(SENT, fetch.ask(WHOSE, 'en'));
		const late = fetch.enter('123456');
		fetch.again();
		await answer({ kind: 'answer', answer: FOUND }, late);
		expect([fetch.whose, fetch.found, fetch.busy]).toEqual([null, null, false]);
	});

	it('a device that cannot keep them says so, and shows them still', async () => {
		const { fetch, answer } = bench(() => Promise.reject(new Error('full')));
		await answer(SENT, fetch.ask(WHOSE, 'en'));
		await answer({ kind: 'answer', answer: FOUND }, fetch.enter('123456'));
		await fetch.keep();
		expect([fetch.trouble, fetch.kept, fetch.found]).toEqual(['not-kept', null, FOUND]);
	});
});
