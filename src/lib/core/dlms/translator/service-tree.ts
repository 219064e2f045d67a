/**
 * GET, SET, ACTION and ACCESS as trees. An answer names no target itself: what was asked says how its
 * value is shown.
 */
import type { ActionOutcome } from '../apdu/action.ts';
import type { Apdu } from '../apdu/apdu.ts';
import type { GetResult } from '../apdu/get.ts';
import { ACTION_RESULTS, codeName, DATA_ACCESS_RESULTS } from '../apdu/results.ts';
import type { AttributeTarget, MethodTarget } from '../apdu/target.ts';
import type { Data } from '../axdr/data-type.ts';
import { attributeName, className, methodName } from '../cosem/classes.ts';
import { dataTree } from './data-tree.ts';
import { type Masking, strictest, type ValueMask } from './hidden-values.ts';
import { hiddenNode, node, type TreeNode } from './tree.ts';

/** What the requests before tell about an answer. */
export interface Asked {
	targets: readonly (AttributeTarget | MethodTarget)[];
	masking: Masking;
}

/** A value, or that it is not shown. */
export const valueTree = (data: Data, masking: Masking, name = 'value'): TreeNode =>
	masking.secret ? hiddenNode(name, 'secret') : dataTree(data, name, masking.hides);

export type ServiceApdu = Extract<
	Apdu,
	{
		apdu:
			| 'get-request'
			| 'get-response'
			| 'set-request'
			| 'set-response'
			| 'action-request'
			| 'action-response'
			| 'access-request'
			| 'access-response';
	}
>;

/** How the value of a target is shown. */
export const maskingOf = (target: AttributeTarget | MethodTarget, mask: ValueMask): Masking =>
	'attribute' in target ? mask.ofAttribute(target) : mask.ofMethod(target);

/** The targets a request names; undefined for what names none. */
export function targetsOf(
	apdu: ServiceApdu,
): readonly (AttributeTarget | MethodTarget)[] | undefined {
	if (apdu.apdu === 'access-request') return apdu.specifications.map(({ target }) => target);
	if ('targets' in apdu) return apdu.targets;
	return 'target' in apdu ? [apdu.target] : undefined;
}

/** Notes what a request is about, for the answer to it. */
export function learnAsked(apdu: ServiceApdu, asked: Asked, mask: ValueMask): void {
	const targets = targetsOf(apdu);
	if (!targets) return;
	asked.targets = targets;
	asked.masking = strictest(targets.map((target) => maskingOf(target, mask)));
}

/** A request or an answer to what was `asked`; `joined` is the long value that ends with it. */
export function serviceTree(
	apdu: ServiceApdu,
	asked: Asked,
	mask: ValueMask,
	joined?: TreeNode,
): TreeNode {
	const kind = 'kind' in apdu ? apdu.kind : undefined;
	const block = 'block' in apdu && apdu.block !== undefined ? node('block', apdu.block) : undefined;
	return node(apdu.apdu, kind, [block, ...serviceParts(apdu, asked, mask), joined]);
}

function serviceParts(apdu: ServiceApdu, asked: Asked, mask: ValueMask): TreeNode[] {
	const { masking } = asked;
	switch (apdu.apdu) {
		case 'get-request':
		case 'set-request':
		case 'action-request': {
			const named = (targetsOf(apdu) ?? []).map(targetTree);
			if ('raw' in apdu) return [...named, partTree(apdu.raw)];
			const name = apdu.apdu === 'action-request' ? 'parameter' : 'value';
			return [...named, ...valuesOf(apdu).map((value) => valueTree(value, masking, name))];
		}
		case 'get-response':
			if (apdu.kind === 'normal') return [resultTree(apdu.result, masking)];
			if (apdu.kind === 'with-list') return apdu.results.map((each) => resultTree(each, masking));
			return 'raw' in apdu.part
				? [partTree(apdu.part.raw)]
				: [node('result', codeName(DATA_ACCESS_RESULTS, apdu.part.error))];
		case 'set-response': {
			const results = 'results' in apdu ? apdu.results : 'result' in apdu ? [apdu.result] : [];
			return results.map((result) => node('result', codeName(DATA_ACCESS_RESULTS, result)));
		}
		case 'action-response':
			if (apdu.kind === 'normal') return [outcomeTree(apdu, masking)];
			if (apdu.kind === 'with-list') return apdu.results.map((each) => outcomeTree(each, masking));
			return apdu.kind === 'block' ? [partTree(apdu.raw)] : [];
		case 'access-request': {
			const { specifications, values } = apdu;
			return specifications.map(({ kind, target }, index) =>
				node(kind, undefined, [
					targetTree(target),
					valueTree(values[index] as Data, maskingOf(target, mask)),
				]),
			);
		}
		case 'access-response':
			return apdu.results.map(({ kind, result }, index) =>
				node(kind, codeName(DATA_ACCESS_RESULTS, result), [
					valueTree(apdu.values[index] ?? { type: 'null-data' }, masking),
				]),
			);
	}
}

function valuesOf(
	apdu: Extract<ServiceApdu, { apdu: 'get-request' | 'set-request' | 'action-request' }>,
): readonly Data[] {
	if ('data' in apdu) return [apdu.data];
	if ('values' in apdu) return apdu.values;
	if ('parameters' in apdu) return apdu.parameters;
	return 'parameter' in apdu && apdu.parameter ? [apdu.parameter] : [];
}

/** Which attribute, and which part of it; or which method. */
export function targetTree(target: AttributeTarget | MethodTarget): TreeNode {
	const { classId, logicalName } = target;
	const object = `${className(classId)} ${logicalName}`;
	if ('method' in target) return node('method', `${object} ${methodName(classId, target.method)}`);
	const { attribute, selection } = target;
	return node('attribute', `${object} ${attributeName(classId, attribute)}`, [
		selection && dataTree(selection.parameters, `selection ${selection.selector}`),
	]);
}

/** A part of something longer; what it is a part of is shown with the last one. */
const partTree = (raw: Uint8Array): TreeNode => node('part', `${raw.length} octets`);

export function resultTree(result: GetResult, masking: Masking): TreeNode {
	return 'data' in result
		? valueTree(result.data, masking)
		: node('result', codeName(DATA_ACCESS_RESULTS, result.error));
}

function outcomeTree({ result, returned }: ActionOutcome, masking: Masking): TreeNode {
	return node('result', codeName(ACTION_RESULTS, result), [
		returned && resultTree(returned, masking),
	]);
}
