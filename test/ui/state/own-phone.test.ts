/** Showing that a phone is one's own: what is asked of the backend, and what a person is told of it. */
import { describe, expect, it } from 'vitest';
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import { PhoneProof } from '#lib/ui/state/own-phone.svelte.ts';
import { problem } from '../../core/sync/sale.ts';

const yes: ApiOutcome<unknown> = { kind: 'answer', answer: {} };
const wrong: ApiOutcome<unknown> = { kind: 'problem', problem: problem('code-wrong') };

/** With a backend that answers by list, then not at all. */
function proofWith(...answers: ApiOutcome<unknown>[]) {
	const asked: string[] = [];
	const say = async (what: string) => {
		asked.push(what);
		return answers.shift() ?? { kind: 'unknown' as const };
	};
	const proof = new PhoneProof({
		sendCode: (phone) => say(`send ${phone}`),
		showCode: (phone, code) => say(`show ${phone} ${code}`),
	});
	return { proof, asked };
}

describe('a phone', () => {
	it('gets a code, however its number is written, and the code shows that it is theirs', async () => {
		const { proof, asked } = proofWith(yes, yes);
		proof.phoneText = '+254 711 000 001';
		await proof.send();
		expect(proof.sentTo).toBe('+254711000001');
		proof.codeText = '123 456';
		expect(await proof.show()).toBe(true);
		expect(asked).toEqual(['send +254711000001', 'show +254711000001 123456']);
	});

	it('may be typed in Arabic digits, and its code too', async () => {
		const { proof, asked } = proofWith(yes, yes);
		proof.phoneText = '+٢٥٤ ٧١١ ٠٠٠ ٠٠١';
		await proof.send();
		proof.codeText = '١٢٣ ٤٥٦';
		expect(await proof.show()).toBe(true);
		expect(asked).toEqual(['send +254711000001', 'show +254711000001 123456']);
	});

	it.each(['', '0711000001', '+2', 'home'])(
		'that is none is asked for nothing: %j',
		async (text) => {
			const { proof, asked } = proofWith(yes);
			proof.phoneText = text;
			await proof.send();
			expect({ asked, sentTo: proof.sentTo }).toEqual({ asked: [], sentTo: null });
		},
	);

	it('that changes after the code was sent is not the one that is shown', async () => {
		const { proof, asked } = proofWith(yes, yes);
		proof.phoneText = '+254711000001';
		await proof.send();
		proof.phoneText = '+254711000002';
		proof.codeText = '123456';
		await proof.show();
		expect(asked.at(-1)).toBe('show +254711000001 123456');
	});
});

describe('a code', () => {
	it.each(['', '12345', '1234567', '12345a'])('that is none is not sent: %j', async (text) => {
		const { proof, asked } = proofWith(yes, yes);
		proof.phoneText = '+254711000001';
		await proof.send();
		proof.codeText = text;
		expect(await proof.show()).toBe(false);
		expect(asked).toHaveLength(1);
	});

	it('that is wrong, and an answer that stays away, are told apart; both may be tried again', async () => {
		const { proof } = proofWith(yes, wrong, { kind: 'unknown' }, yes);
		proof.phoneText = '+254711000001';
		await proof.send();
		proof.codeText = '123456';
		expect(await proof.show()).toBe(false);
		expect(proof.trouble).toMatchObject({ kind: 'problem', problem: { code: 'code-wrong' } });
		expect(await proof.show()).toBe(false);
		expect(proof.trouble).toEqual({ kind: 'silent' });
		expect(await proof.show()).toBe(true);
		expect(proof.trouble).toBeNull();
	});

	it('is asked for once by two taps', async () => {
		const { proof, asked } = proofWith(yes, yes);
		proof.phoneText = '+254711000001';
		await Promise.all([proof.send(), proof.send()]);
		expect(asked).toHaveLength(1);
	});
});
