/** Every kind of STS vector and who runs it: a vector of another kind fails by name. */
import { Fields, UnreadableField } from './fields.ts';
import { runControlBlock, runDkga, runKeyChange, runPanBlock } from './sts-keys.ts';
import {
	runCrc,
	runDes,
	runIdRecord,
	runLuhn,
	runLuhnInvalid,
	runMisty1,
	runRecord2,
	runSta,
	runStaTables,
} from './sts-parts.ts';
import {
	runAmountField,
	runClassOne,
	runDecode,
	runTid,
	runToken,
	runTransposition,
} from './sts-tokens.ts';
import { failed, judge, type Check, type Vector, type Verdict } from './verdict.ts';

const KINDS: ReadonlyMap<string, (inputs: Fields, expected: Fields) => readonly Check[]> = new Map([
	['token', runToken],
	['class1', runClassOne],
	['kct', runKeyChange],
	['decode', runDecode],
	['dkga', runDkga],
	['crc16', runCrc],
	['sta', runSta],
	['sta_tables', runStaTables],
	['misty1', runMisty1],
	['des', runDes],
	['transposition', runTransposition],
	['luhn', runLuhn],
	['luhn_invalid', runLuhnInvalid],
	['pan_block', runPanBlock],
	['control_block', runControlBlock],
	['tid', runTid],
	['amount_field', runAmountField],
	['id_record', runIdRecord],
	['record2', runRecord2],
]);

/** Runs one STS vector. Whatever is in it, the answer is a verdict. */
export function runVector(vector: Vector): Verdict {
	const run = KINDS.get(String(vector.kind));
	if (!run) return failed('a known kind', `kind ${String(vector.kind)}`);
	try {
		return judge(
			run(new Fields(vector['inputs'], 'inputs'), new Fields(vector['expected'], 'expected')),
		);
	} catch (error) {
		if (error instanceof UnreadableField) return failed('a vector that can be run', error.message);
		// A slip of the product on some input is a failed vector, not the end of the run.
		return failed('an answer', `${(error as Error).name}: ${(error as Error).message}`);
	}
}
