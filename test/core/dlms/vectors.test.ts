import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runVector } from '../../../src/cli/vectors/registry.ts';
import type { Vector } from '../../../src/cli/vectors/verdict.ts';

interface DlmsVector extends Vector {
	layer: string;
	expected?: string;
	steps?: { bytes: string; apdu?: string; plain?: string }[];
	decoded?: Record<string, unknown>;
}

const file = new URL('../../vectors/dlms-vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: DlmsVector[] };

describe('third-party vectors', () => {
	it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
		expect(runVector(vector)).toEqual({ outcome: 'passed' });
	});
});

describe('the runner itself', () => {
	const copyOf = (id: string): DlmsVector =>
		structuredClone(vectors.find((vector) => vector.id === id) as DlmsVector);

	it('fails every vector whose expected octets are changed', () => {
		for (const vector of vectors.filter((candidate) => candidate.expected)) {
			const expected = vector.expected as string;
			const last = expected.endsWith('0') ? '1' : '0';
			const spoiled = { ...vector, expected: expected.slice(0, -1) + last };
			// A codec vector only says what its octets decode to; the others say what must come out.
			if (vector.decoded && vector.layer !== 'hdlc') continue;
			if (vector.layer === 'hdlc' && !vector.decoded) continue;
			expect(runVector(spoiled).outcome, vector.id).toBe('failed');
		}
	});

	const why = (vector: DlmsVector): string => JSON.stringify(runVector(vector));

	it('fails on a field that differs or cannot be read, naming it', () => {
		const vector = copyOf('apdu-c401c1000600');
		expect(why({ ...vector, decoded: { ...vector.decoded, kind: 2 } })).toContain('decoded.kind');
		expect(why({ ...vector, decoded: { ...vector.decoded, colour: 1 } })).toContain('colour');
		expect(why({ ...vector, expected: 'xyz' })).toContain('expected');
		expect(why({ ...vector, layer: 'tea' })).toContain('tea');
		expect(why({ ...copyOf('gcm-get-ae'), inputs: {} })).toContain('inputs.key');
	});

	it('fails a session whose message, plaintext or octets differ', () => {
		for (const field of ['bytes', 'apdu', 'plain'] as const) {
			const session = copyOf('live-wrapper-general-glo');
			const step = session.steps?.find((candidate) => candidate.plain) as Record<string, string>;
			step[field] = `${step[field]}00`;
			expect(runVector(session).outcome, field).toBe('failed');
		}
	});

	it('fails a vector that must be refused and is not', () => {
		expect(why({ ...copyOf('hdlc-j01'), expect_fail: true })).toContain('refusal');
	});
});
