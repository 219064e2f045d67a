/**
 * GET, SET, ACTION and ACCESS as trees. What class 64, 15 and 19 take as secrets is never shown, nor is
 * an answer to a request about one.
 */
import type { ActionOutcome } from '../apdu/action.ts';
import type { Apdu } from '../apdu/apdu.ts';
import type { GetResult } from '../apdu/get.ts';
import { ACTION_RESULTS, codeName, DATA_ACCESS_RESULTS } from '../apdu/results.ts';
import type { AttributeTarget, MethodTarget } from '../apdu/target.ts';
import type { Data } from '../axdr/data-type.ts';
import { attributeName, className, methodName } from '../cosem/classes.ts';
import { dataTree, octetsText } from './data-tree.ts';
import { node, REDACTED, type TreeNode } from './tree.ts';

/** Attributes and methods whose values are secrets, as class/number. */
const SECRET_ATTRIBUTES = new Set(['15/7', '19/7', '19/8', '19/9']);
const SECRET_METHODS = new Set(['15/1', '15/2', '64/2', '64/3']);

/** What the requests before tell about an answer: it names no target itself. */
export interface Asked {
	secret: boolean;
}

/** Whether a value of this attribute is never shown. */
export const isSecretAttribute = (target: AttributeTarget): boolean =>
	SECRET_ATTRIBUTES.has(`${target.classId}/${target.attribute}`);
const isSecretMethod = (target: MethodTarget): boolean =>
	SECRET_METHODS.has(`${target.classId}/${target.method}`);

/** A value, or that it is not shown. */
export const valueTree = (data: Data, secret: boolean, name = 'value'): TreeNode =>
	secret ? node(name, REDACTED) : dataTree(data, name);

type ServiceApdu = Extract<
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

/** A request or an answer; `asked` is told by the one and used by the other. */
export function serviceTree(apdu: ServiceApdu, asked: Asked): TreeNode {
	const kind = 'kind' in apdu ? apdu.kind : undefined;
	const block = 'block' in apdu && apdu.block !== undefined ? node('block', apdu.block) : undefined;
	return node(apdu.apdu, kind, [block, ...serviceParts(apdu, asked)]);
}

function serviceParts(apdu: ServiceApdu, asked: Asked): TreeNode[] {
	switch (apdu.apdu) {
		case 'get-request':
			if (apdu.kind === 'next') return [];
			return attributesAsked(apdu.kind === 'normal' ? [apdu.target] : apdu.targets, asked);
		case 'set-request': {
			if (apdu.kind === 'block') return [rawTree(apdu.raw, asked.secret)];
			const targets = 'target' in apdu ? [apdu.target] : apdu.targets;
			const shown = attributesAsked(targets, asked);
			if ('raw' in apdu) return [...shown, rawTree(apdu.raw, asked.secret)];
			const values = 'data' in apdu ? [apdu.data] : apdu.values;
			return [...shown, ...values.map((value) => valueTree(value, asked.secret))];
		}
		case 'action-request': {
			if (apdu.kind === 'next') return [];
			if (apdu.kind === 'block') return [rawTree(apdu.raw, asked.secret)];
			const targets = 'target' in apdu ? [apdu.target] : apdu.targets;
			asked.secret = targets.some(isSecretMethod);
			const shown = targets.map(methodTree);
			if ('raw' in apdu) return [...shown, rawTree(apdu.raw, asked.secret)];
			const values =
				'parameters' in apdu ? apdu.parameters : apdu.parameter ? [apdu.parameter] : [];
			return [...shown, ...values.map((value) => valueTree(value, asked.secret, 'parameter'))];
		}
		case 'get-response':
			if (apdu.kind === 'normal') return [resultTree(apdu.result, asked.secret)];
			if (apdu.kind === 'with-list')
				return apdu.results.map((each) => resultTree(each, asked.secret));
			return 'raw' in apdu.part
				? [rawTree(apdu.part.raw, asked.secret)]
				: [node('result', codeName(DATA_ACCESS_RESULTS, apdu.part.error))];
		case 'set-response': {
			const results = 'results' in apdu ? apdu.results : 'result' in apdu ? [apdu.result] : [];
			return results.map((result) => node('result', codeName(DATA_ACCESS_RESULTS, result)));
		}
		case 'action-response':
			if (apdu.kind === 'normal') return [outcomeTree(apdu, asked.secret)];
			if (apdu.kind === 'with-list')
				return apdu.results.map((each) => outcomeTree(each, asked.secret));
			return apdu.kind === 'block' ? [rawTree(apdu.raw, asked.secret)] : [];
		case 'access-request': {
			const { specifications, values } = apdu;
			asked.secret = specifications.some(isSecretSpecification);
			return specifications.map((specification, index) => {
				const { kind, target } = specification;
				const shown = kind === 'action' ? methodTree(target) : attributeTree(target);
				return node(kind, undefined, [
					shown,
					valueTree(values[index] as Data, isSecretSpecification(specification)),
				]);
			});
		}
		case 'access-response':
			return apdu.results.map(({ kind, result }, index) =>
				node(kind, codeName(DATA_ACCESS_RESULTS, result), [
					valueTree(apdu.values[index] ?? { type: 'null-data' }, asked.secret),
				]),
			);
	}
}

function isSecretSpecification(
	specification: Extract<Apdu, { apdu: 'access-request' }>['specifications'][number],
): boolean {
	return specification.kind === 'action'
		? isSecretMethod(specification.target)
		: isSecretAttribute(specification.target);
}

function attributesAsked(targets: readonly AttributeTarget[], asked: Asked): TreeNode[] {
	asked.secret = targets.some(isSecretAttribute);
	return targets.map(attributeTree);
}

/** Which attribute, and which part of it. */
export function attributeTree({
	classId,
	logicalName,
	attribute,
	selection,
}: AttributeTarget): TreeNode {
	return node(
		'attribute',
		`${className(classId)} ${logicalName} ${attributeName(classId, attribute)}`,
		[selection && dataTree(selection.parameters, `selection ${selection.selector}`)],
	);
}

function methodTree({ classId, logicalName, method }: MethodTarget): TreeNode {
	return node('method', `${className(classId)} ${logicalName} ${methodName(classId, method)}`);
}

const rawTree = (raw: Uint8Array, secret: boolean): TreeNode =>
	node('part', secret ? REDACTED : octetsText(raw));

function resultTree(result: GetResult, secret: boolean): TreeNode {
	return 'data' in result
		? valueTree(result.data, secret)
		: node('result', codeName(DATA_ACCESS_RESULTS, result.error));
}

function outcomeTree({ result, returned }: ActionOutcome, secret: boolean): TreeNode {
	return node('result', codeName(ACTION_RESULTS, result), [
		returned && resultTree(returned, secret),
	]);
}
