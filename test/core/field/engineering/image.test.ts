import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { conformance } from '#lib/core/dlms/apdu/conformance.ts';
import {
	checkImageSize,
	DIGEST_PIECE_OCTETS,
	digestImage,
	MAX_IMAGE_OCTETS,
} from '#lib/core/field/engineering/image-file.ts';
import {
	beginImage,
	imageProgress,
	type ImageRun,
	MAX_MISSING,
	parseImageRun,
	resumeImage,
} from '#lib/core/field/engineering/image-run.ts';
import { nextImageStep, POLL_PAUSE_MS } from '#lib/core/field/engineering/image-steps.ts';
import { activateImage, takeImageAnswer } from '#lib/core/field/engineering/take-image-answer.ts';
import { agreement, type Answering, without } from '../answering.ts';
import { IMAGE_OBJECT, type ImageFaults, ImageMeter } from './image-meter.ts';

const IMAGE = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) & 0xff);
const DIGEST = createHash('sha256').update(IMAGE).digest('hex');
const ABOUT = { size: IMAGE.length, digest: DIGEST, identifier: 'FW 2.0' };
const LAB = { labFunction: true };

function begin(agreed = agreement()): ImageRun {
	const begun = beginImage(agreed, IMAGE_OBJECT, ABOUT, LAB);
	if ('refusal' in begun) throw new Error(begun.refusal);
	return begun.run;
}

/** Goes on until a person is wanted or it is over, or `most` questions; through JSON after each. */
function goOn(from: ImageRun, answer: Answering, { most = 10_000, activate = true } = {}) {
	let run = from;
	let waitedMs = 0;
	for (let asked = 0; ; asked += 1) {
		const step = nextImageStep(run, IMAGE);
		if (step.do === 'confirm' && activate) run = activateImage(run);
		else if (step.do !== 'ask' || asked >= most) return { run, asked, waitedMs };
		else {
			waitedMs += step.afterMs;
			const taken = takeImageAnswer(run, answer(step.wish));
			const stored = parseImageRun(JSON.parse(JSON.stringify(taken)));
			if (!stored) throw new Error(JSON.stringify(taken));
			run = stored;
		}
	}
}

const through = (faults: ImageFaults) => {
	const meter = new ImageMeter(faults);
	return { meter, ...goOn(begin(), meter.answer) };
};

describe('an image', () => {
	it('comes whole, is verified, and runs once a person says so', () => {
		const meter = new ImageMeter();
		const ready = goOn(begin(), meter.answer, { activate: false });
		expect(nextImageStep(ready.run, IMAGE)).toEqual({ do: 'confirm' });
		expect(ready.run).toMatchObject({ phase: 'ready', signature: 'cafe' });
		expect([...meter.image]).toEqual([...IMAGE]);
		expect([meter.identifier, meter.status]).toEqual(['FW 2.0', 3]);
		expect(imageProgress(ready.run)).toEqual({ done: 16, of: 16 });
		expect(meter.table.written.size).toBe(1);
		expect(goOn(ready.run, meter.answer).run.phase).toBe('done');
		expect(meter.status).toBe(6);
	});

	it('is let in only where it is not yet', () => {
		const { meter, run } = through({ enabled: true });
		expect([meter.table.written.size, run.phase]).toEqual([0, 'done']);
	});

	it('has its lost blocks sent again', () => {
		const { meter, run } = through({ loses: [0, 3, 15] });
		expect(run.phase).toBe('done');
		expect(meter.received.slice(16)).toEqual([0, 3, 15]);
		expect([...meter.image]).toEqual([...IMAGE]);
	});

	it('is waited for while the meter checks and restarts', () => {
		const { run, waitedMs } = through({ verifyPolls: 3, activatePolls: 2 });
		expect(run.phase).toBe('done');
		expect(waitedMs).toBe(5 * POLL_PAUSE_MS);
	});

	it.each<[string, ImageFaults, string]>([
		['that loses every block', { losesAll: true }, 'blocks-lost'],
		[
			'that does not say so and then finds them missing',
			{ loses: [2], silentOnMissing: true },
			'verification-failed',
		],
		['that refuses what it checked', { verifiesAs: 4 }, 'verification-failed'],
		['that forgets while it checks', { verifiesAs: 0 }, 'verification-failed'],
		['that never comes to an end', { verifyPolls: 1e9 }, 'no-end'],
		['that checked something else', { tellsSize: 999 }, 'other-image'],
		['that cannot start it', { activatesAs: 7 }, 'activation-failed'],
		['that does not announce', { refuses: { 1: 3 } }, 'initiate-refused'],
		['that refuses a block', { refuses: { 2: 3 } }, 'block-refused'],
		['that does not check', { refuses: { 3: 3 } }, 'verification-refused'],
		['that does not start', { refuses: { 4: 3 } }, 'activation-refused'],
		['with blocks of nothing', { blockSize: 0 }, 'block-size-unusable'],
		['with blocks without end', { blockSize: 1e6 }, 'block-size-unusable'],
	])('stops by name at a meter %s', (_, faults, why) => {
		const { run } = through(faults);
		expect(nextImageStep(run, IMAGE)).toEqual({ do: 'stopped', why });
	});

	it('stops by name at a meter that takes none, or none from us', () => {
		for (const [code, why] of [
			[4, 'not-in-this-meter'],
			[3, 'not-readable'],
		] as const) {
			const { run } = goOn(begin(), () => ({ kind: 'get', result: { error: code } }));
			expect(run.stopped).toBe(why);
		}
		const meter = new ImageMeter();
		const { run } = goOn(begin(), (wish) =>
			wish.kind === 'set' ? { kind: 'set', result: 3 } : meter.answer(wish),
		);
		expect(run.stopped).toBe('enable-refused');
	});

	it('stops where a block does not fit into one request', () => {
		const short = agreement({
			maxPdu: 128,
			conformance: without(conformance('block-transfer-with-action', 'general-block-transfer')),
		});
		expect(goOn(begin(short), new ImageMeter().answer).run.stopped).toBe('block-too-long');
		expect(goOn(begin(short), new ImageMeter({ blockSize: 56 }).answer).run.phase).toBe('done');
	});
});

describe('a transfer broken off', () => {
	it('after any answer goes on where it stopped', () => {
		for (let most = 1; most < 30; most += 1) {
			const meter = new ImageMeter({ verifyPolls: 1, loses: [4] });
			const half = goOn(begin(), meter.answer, { most });
			const rest = goOn(resumeImage(half.run, agreement()), meter.answer);
			expect(rest.run.phase, `after ${most}`).toBe('done');
			expect([...meter.image]).toEqual([...IMAGE]);
			// At most the block that was on the line, and the one that was lost.
			expect(meter.received.length).toBeLessThanOrEqual(16 + 2);
		}
	});

	it('by a lost answer sends that block again, and does no harm by it', () => {
		const meter = new ImageMeter();
		for (let lost = 1; lost < 26; lost += 1) {
			let asked = 0;
			const half = goOn(begin(), (wish) => {
				const answer = meter.answer(wish);
				return (asked += 1) === lost ? 'no-answer' : answer;
			});
			if (asked < lost) break;
			expect(half.run.stopped).toBe('no-answer');
			const rest = goOn(resumeImage(half.run, agreement()), meter.answer);
			expect(rest.run.phase, `lost ${lost}`).toBe('done');
			expect([...meter.image]).toEqual([...IMAGE]);
		}
	});

	it('begins anew at a meter that has forgotten it, and goes back where blocks are gone', () => {
		const meter = new ImageMeter();
		const half = goOn(begin(), meter.answer, { most: 12 });
		meter.forget();
		expect(goOn(resumeImage(half.run, agreement()), meter.answer).run.phase).toBe('done');
		for (const silentOnMissing of [false, true]) {
			const other = new ImageMeter({ silentOnMissing });
			const later = goOn(begin(), other.answer, { most: 12 });
			other.blocks.delete(2);
			const { run } = goOn(resumeImage(later.run, agreement()), other.answer);
			expect([run.phase, [...other.image].join()]).toEqual(['done', [...IMAGE].join()]);
		}
	});

	it('in the middle of activation does not send anything again', () => {
		const meter = new ImageMeter({ activatePolls: 5 });
		const ready = goOn(begin(), meter.answer, { activate: false });
		const asked = goOn(activateImage(ready.run), meter.answer, { most: 1 });
		expect(goOn(resumeImage(asked.run, agreement()), meter.answer).run.phase).toBe('done');
		meter.forget();
		const forgotten = goOn(resumeImage(asked.run, agreement()), meter.answer);
		expect(forgotten.run.stopped).toBe('activation-unknown');
		expect(meter.received).toHaveLength(16);
	});

	it('ends at another meter, and stays done', () => {
		const meter = new ImageMeter();
		const half = goOn(begin(), meter.answer, { most: 12 });
		const title = agreement({ meterTitle: new Uint8Array(8) });
		expect(resumeImage(half.run, title).stopped).toBe('other-meter');
		const done = goOn(half.run, meter.answer).run;
		expect(resumeImage(done, title)).toBe(done);
	});
});

describe('what begins', () => {
	it.each([
		[{ labFunction: false }, {}, 'lab-only'],
		[LAB, { size: 0 }, 'empty'],
		[LAB, { size: MAX_IMAGE_OCTETS + 1 }, 'too-large'],
		[LAB, { identifier: '' }, 'identifier-unusable'],
		[LAB, { identifier: 'ümlaut' }, 'identifier-unusable'],
	])('%j %j is refused: %s', (lab, change, refusal) => {
		expect(beginImage(agreement(), IMAGE_OBJECT, { ...ABOUT, ...change }, lab)).toEqual({
			refusal,
		});
	});

	it('is the image of its digest, and no other', () => {
		expect(() => nextImageStep(begin(), IMAGE.subarray(1))).toThrow(RangeError);
		expect(checkImageSize(MAX_IMAGE_OCTETS)).toBeUndefined();
	});

	it('has the digest that anybody else makes of it, in pieces', () => {
		const large = new Uint8Array(3 * DIGEST_PIECE_OCTETS + 5).fill(0x5a);
		const pieces = digestImage(large);
		const done: number[] = [];
		let piece = pieces.next();
		while (!piece.done) {
			done.push(piece.value);
			piece = pieces.next();
		}
		expect(piece.value).toBe(createHash('sha256').update(large).digest('hex'));
		expect(done).toEqual([1, 2, 3].map((at) => at * DIGEST_PIECE_OCTETS).concat(large.length));
	});

	it('is refused from storage where it is not one', () => {
		const json = begin();
		expect(parseImageRun(json)).toEqual(json);
		for (const change of [
			{ version: 2 },
			{ digest: 'x' },
			{ missing: Array.from({ length: MAX_MISSING + 1 }, (_, at) => at) },
			{ logicalName: 'here' },
			{ phase: 'sleeping' },
		])
			expect(parseImageRun({ ...json, ...change })).toBeUndefined();
	});
});
