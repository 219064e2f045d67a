/**
 * What the answers of a firmware image transfer lead to (class 18; dlms.md §7).
 *
 * Always holds: an answer that fails, or does not come, moves nothing; a block sent twice does no harm;
 * nothing is activated before a person says so.
 */
import { formatHex } from '#lib/core/bytes/hex.ts';
import type { Answer } from '#lib/core/dlms/association/wish.ts';
import { ACTION_RESULTS, codeOf } from '#lib/core/dlms/apdu/results.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { readingOf } from '../reading.ts';
import { elementsIn, octetsIn, truthIn, wholeIn } from '../understand.ts';
import {
	blockCount,
	type ImageRun,
	type ImageStop,
	MAX_BLOCK_OCTETS,
	MAX_IMAGE_BLOCKS,
	MAX_MISSING,
} from './image-run.ts';

/** image_transfer_status by code. */
const STATUS = {
	notInitiated: 0,
	initiated: 1,
	verifying: 2,
	verified: 3,
	verificationFailed: 4,
	activating: 5,
	activated: 6,
	activationFailed: 7,
} as const;

/** Rounds of sending what is missing. */
const MOST_ROUNDS = 5;
/** Questions whether the meter is through: ten minutes of them. */
const MOST_POLLS = 300;

const SUCCESS = codeOf(ACTION_RESULTS, 'success');
const TEMPORARY_FAILURE = codeOf(ACTION_RESULTS, 'temporary-failure');

/** A person wants the verified image activated. */
export const activateImage = (run: ImageRun): ImageRun =>
	run.phase === 'ready' ? { ...run, phase: 'activate', activationAsked: true, polls: 0 } : run;

/** Takes the answer to the wish of `nextImageStep`, or that there was none. */
export function takeImageAnswer(run: ImageRun, answer: Answer | 'no-answer'): ImageRun {
	if (answer === 'no-answer') return stop(run, 'no-answer');
	switch (answer.kind) {
		case 'get':
			return takeRead(run, answer.result);
		case 'set':
			return answer.result === 0 ? { ...run, phase: 'initiate' } : stop(run, 'enable-refused');
		case 'action':
			return takeResult(run, answer.outcome.result);
		default:
			return stop(run, 'no-answer');
	}
}

function takeRead(run: ImageRun, result: { data: Data } | { error: number }): ImageRun {
	const outcome = 'data' in result ? result : { refused: result.error };
	const data = 'data' in result ? result.data : undefined;
	switch (run.phase) {
		case 'block-size': {
			const size = readingOf(outcome, wholeIn);
			if (size.state === 'not-in-this-meter' || size.state === 'not-readable')
				return stop(run, size.state);
			return takeBlockSize(run, size.state === 'read' ? size.value : 0);
		}
		case 'enabled':
			// One that does not say is told.
			return { ...run, phase: data && truthIn(data) ? 'initiate' : 'enable' };
		case 'missing':
			return takeMissing(run, data);
		case 'place':
			return takePlace(run, wholeIn(data));
		case 'status':
			return takeStatus(run, wholeIn(data));
		case 'verifying':
		case 'activating':
			return takePoll(run, wholeIn(data));
		case 'verified':
			return takeVerified(run, data);
		default:
			return run;
	}
}

function takeBlockSize(run: ImageRun, blockSize: number): ImageRun {
	if (blockSize < 1 || blockSize > MAX_BLOCK_OCTETS || run.size / blockSize > MAX_IMAGE_BLOCKS)
		return stop(run, 'block-size-unusable');
	if (run.maxBlockOctets !== null && blockSize > run.maxBlockOctets)
		return stop(run, 'block-too-long');
	return { ...run, blockSize, phase: 'enabled' };
}

/** After a pause: a meter that is still in the middle of it goes on, any other starts anew. */
function takeStatus(run: ImageRun, status: number | undefined): ImageRun {
	switch (status) {
		case STATUS.initiated:
			return { ...run, phase: 'place' };
		case STATUS.verifying:
			return { ...run, phase: 'verifying' };
		case STATUS.verified:
			return { ...run, phase: 'verified' };
		case STATUS.activating:
			return { ...run, phase: 'activating' };
		case STATUS.activated:
			return isSentWhole(run) ? { ...run, phase: 'done' } : fromTheStart(run);
		case STATUS.verificationFailed:
			return stop(run, 'verification-failed');
		case STATUS.activationFailed:
			return stop(run, 'activation-failed');
		default:
			// A restarted meter may have forgotten all of it: its firmware identifier tells.
			return run.activationAsked ? stop(run, 'activation-unknown') : fromTheStart(run);
	}
}

const isSentWhole = (run: ImageRun): boolean =>
	run.nextBlock >= blockCount(run) && run.missing.length === 0;

const fromTheStart = (run: ImageRun): ImageRun => ({
	...run,
	...{ phase: 'enabled', nextBlock: 0, missing: [], rounds: 0 },
});

/**
 * The first block that the meter wants. One that it has already is not sent again; one that it has lost
 * leads to the question which others are.
 */
function takePlace(run: ImageRun, first: number | undefined): ImageRun {
	if (first !== undefined && first < run.nextBlock)
		return { ...run, phase: 'missing', missing: [first] };
	const nextBlock = Math.min(first ?? run.nextBlock, blockCount(run));
	return afterBlock({ ...run, nextBlock, missing: [] });
}

/** The next block, or the question which are missing. */
const afterBlock = (run: ImageRun): ImageRun =>
	isSentWhole(run) ? { ...run, phase: 'missing' } : { ...run, phase: 'blocks' };

function takeMissing(run: ImageRun, data: Data | undefined): ImageRun {
	const missing = missingIn(data, run.nextBlock);
	const [lost] = run.missing;
	// It says only which is the first: everything from there is sent again.
	if (!missing && lost !== undefined)
		return { ...run, phase: 'blocks', nextBlock: lost, missing: [] };
	if (!missing || missing.length === 0) {
		const sent = { ...run, missing: [] };
		// A meter that does not say which are missing says so when it verifies.
		return isSentWhole(sent) ? { ...sent, phase: 'verify' } : { ...sent, phase: 'blocks' };
	}
	if (run.rounds >= MOST_ROUNDS) return stop(run, 'blocks-lost');
	return { ...run, phase: 'blocks', missing, rounds: run.rounds + 1 };
}

/** The blocks whose bit is not set, lowest first, at most `MAX_MISSING`; undefined without a bit string. */
function missingIn(data: Data | undefined, count: number): number[] | undefined {
	if (data?.type !== 'bit-string') return undefined;
	const missing: number[] = [];
	for (let block = 0; block < count && missing.length < MAX_MISSING; block += 1)
		if (((data.value[block >> 3] ?? 0) & (0x80 >> (block & 7))) === 0 || block >= data.bits)
			missing.push(block);
	return missing;
}

function takePoll(run: ImageRun, status: number | undefined): ImageRun {
	const verifying = run.phase === 'verifying';
	if (status === STATUS.verified && verifying) return { ...run, phase: 'verified', polls: 0 };
	if (status === STATUS.activated && !verifying) return { ...run, phase: 'done' };
	if (status === STATUS.verificationFailed) return stop(run, 'verification-failed');
	if (status === STATUS.activationFailed) return stop(run, 'activation-failed');
	if (status === STATUS.notInitiated)
		return stop(run, verifying ? 'verification-failed' : 'activation-failed');
	return run.polls >= MOST_POLLS ? stop(run, 'no-end') : { ...run, polls: run.polls + 1 };
}

/** What the meter calls what it verified; one that does not say is believed. */
function takeVerified(run: ImageRun, data: Data | undefined): ImageRun {
	const [first] = elementsIn(data) ?? [];
	const [size, identifier, signature] = elementsIn(first) ?? [];
	const [told, octets] = [wholeIn(size), octetsIn(identifier)];
	const named = octets && formatHex(octets) !== formatHex(asciiOctets(run.identifier));
	if ((told !== undefined && told !== run.size) || named) return stop(run, 'other-image');
	const text = formatHex((octetsIn(signature) ?? new Uint8Array()).subarray(0, 256));
	return { ...run, phase: 'ready', signature: text };
}

function takeResult(run: ImageRun, result: number): ImageRun {
	const done = result === SUCCESS;
	switch (run.phase) {
		case 'initiate':
			return done
				? { ...run, ...{ phase: 'blocks', nextBlock: 0, missing: [], rounds: 0 } }
				: stop(run, 'initiate-refused');
		case 'blocks':
			return done ? afterBlock(blockSent(run)) : stop(run, 'block-refused');
		case 'verify':
			if (done || result === TEMPORARY_FAILURE) return { ...run, phase: 'verifying', polls: 0 };
			return stop(run, 'verification-refused');
		case 'activate':
			if (done || result === TEMPORARY_FAILURE) return { ...run, phase: 'activating', polls: 0 };
			return stop(run, 'activation-refused');
		default:
			return run;
	}
}

const blockSent = (run: ImageRun): ImageRun =>
	run.missing.length > 0
		? { ...run, missing: run.missing.slice(1) }
		: { ...run, nextBlock: run.nextBlock + 1 };

function stop(run: ImageRun, why: ImageStop): ImageRun {
	return { ...run, phase: 'stopped', stopped: why };
}
