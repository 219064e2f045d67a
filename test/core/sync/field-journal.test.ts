import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { JOURNAL_CONTENTS, JOURNAL_KINDS } from '#lib/core/sync/field-deeds.ts';
import { SignedEntry } from '#lib/core/sync/field-journal.ts';
import {
	checkJournal,
	decidePlace,
	EMPTY_JOURNAL,
	entryHash,
	entryText,
	headAt,
	NO_PREVIOUS,
	serverTimeOf,
} from '#lib/core/sync/journal-chain.ts';
import { rightValue } from '../../server/harness/schema-values.ts';
import { delivery, DEVICE_ID, isSignedWith, JournalWriter, OPERATOR_ID } from './journal.ts';

const pack = { packId: DEVICE_ID, why: 'closed' } as const;

describe('an entry', () => {
	it('is hashed over its canonical JSON, whatever the order of its members, without its signature', () => {
		const entry = new JournalWriter().write('pack-destroyed', pack);
		const shuffled = Object.fromEntries(Object.entries(entry).reverse()) as SignedEntry;
		expect(entryText(shuffled)).toBe(entryText(entry));
		expect(entryText(entry)).toMatch(/^\{"atMs":1795000000000,"content":\{"packId":/);
		expect(entryText(entry)).not.toContain('signature');
		expect(entryHash({ ...entry, signature: 'A'.repeat(86) })).toBe(entryHash(entry));
	});

	it('has the hash that anybody would compute', () => {
		const entry = {
			...{ id: DEVICE_ID, deviceId: DEVICE_ID, sequence: 1, previousHash: NO_PREVIOUS },
			...{ atMs: 1, offsetMs: null, operatorId: OPERATOR_ID, jobId: null, drn: null },
			...{ kind: 'pack-destroyed' as const, content: pack },
		};
		// printf of the canonical text, piped to sha256sum.
		expect(entryHash(entry)).toBe(
			'd6c5f03802418576b718e0d90ea850cf6c4b9669177ec96ff8aeb7d6072d2c61',
		);
	});

	it('of every kind is read back as it was written, and nothing more than its shape', () => {
		expect(SignedEntry.options).toHaveLength(JOURNAL_KINDS.length);
		for (const kind of JOURNAL_KINDS) {
			const contents = rightValue(JOURNAL_CONTENTS[kind], {});
			fc.assert(
				fc.property(contents, (content) => {
					const entry = new JournalWriter().write(kind, content as never);
					// What was checked is what was signed: a schema that changed something would break the hash.
					const read = v.parse(SignedEntry, JSON.parse(JSON.stringify(entry)));
					expect(entryText(read)).toBe(entryText(entry));
					const more = { ...entry, content: { ...(content as object), more: 1 } };
					expect(v.is(SignedEntry, more)).toBe(false);
				}),
				{ numRuns: 30 },
			);
		}
	});

	it.each([
		['digits of nineteen', { digits: '0123456789012345678' }],
		['a status that class 115 does not have', { statusCode: 9 }],
		['a result that no meter has', { result: 'Fine' }],
		['a position beyond any queue', { position: 1_001 }],
		['a label of two lines', { probe: { label: 'a\nb' } }],
	])('with %s is refused', (_, wrong) => {
		const right = new JournalWriter().write('token-delivery', delivery('accepted'));
		expect(v.is(SignedEntry, right)).toBe(true);
		expect(v.is(SignedEntry, { ...right, content: { ...right.content, ...wrong } })).toBe(false);
	});

	it('was at the device’s time set right by what was known of the server’s', () => {
		expect(serverTimeOf({ atMs: 1_000, offsetMs: -400 })).toBe(600);
		expect(serverTimeOf({ atMs: 1_000, offsetMs: null })).toBe(1_000);
	});
});

describe('the place of an entry', () => {
	const head = { sequence: 4, hash: 'a'.repeat(64) };

	it.each([
		[5, head.hash, { place: 'next' }],
		[6, head.hash, { place: 'gap', expected: 5 }],
		[9, 'b'.repeat(64), { place: 'gap', expected: 5 }],
		// Another entry has this number.
		[4, head.hash, { place: 'fork', sequence: 4 }],
		[1, NO_PREVIOUS, { place: 'fork', sequence: 1 }],
		// Another entry has the number of the one before.
		[5, 'b'.repeat(64), { place: 'fork', sequence: 4 }],
	])('%i after four entries', (sequence, previousHash, place) => {
		expect(decidePlace(head, { sequence, previousHash })).toEqual(place);
	});

	it('of the first one is after nothing', () => {
		expect(decidePlace(EMPTY_JOURNAL, { sequence: 1, previousHash: NO_PREVIOUS })).toEqual({
			place: 'next',
		});
	});
});

describe('a journal', () => {
	const writer = new JournalWriter();
	const entries = Array.from({ length: 6 }, () => writer.write('pack-destroyed', pack));
	const isSigned = isSignedWith(writer.signer.publicKey);
	const [, second] = entries as [SignedEntry, SignedEntry];

	it('that is whole ends at its last entry', () => {
		expect(checkJournal(entries, EMPTY_JOURNAL, isSigned)).toEqual(writer.head);
		expect(checkJournal(entries.slice(2), headAt(second), isSigned)).toEqual(writer.head);
	});

	it('is noticed wherever an entry is changed, taken out, put in or moved', () => {
		fc.assert(
			fc.property(
				fc.nat(5),
				fc.constantFrom('changed', 'gone', 'twice', 'moved', 'signature', 'other key'),
				(at, way) => {
					const broken = [...entries];
					const one = entries[at] as SignedEntry;
					if (way === 'changed') broken[at] = { ...one, atMs: one.atMs + 1 };
					if (way === 'gone') broken.splice(at, 1);
					if (way === 'twice') broken.splice(at, 0, one);
					if (way === 'moved') broken.splice((at + 1) % 5, 0, ...broken.splice(at, 1));
					if (way === 'signature') broken[at] = { ...one, signature: 'A'.repeat(86) };
					if (way === 'other key') broken[at] = new JournalWriter().signer.sign(one);
					fc.pre(JSON.stringify(broken) !== JSON.stringify(entries));
					const verdict = checkJournal(broken, EMPTY_JOURNAL, isSigned);
					// Only the last one can be missing without anybody noticing from what is left.
					if (way === 'gone' && at === 5)
						expect(verdict).toEqual(headAt(entries[4] as SignedEntry));
					else expect(verdict).toHaveProperty('because');
				},
			),
		);
	});
});
