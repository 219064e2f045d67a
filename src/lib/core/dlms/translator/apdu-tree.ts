/**
 * An APDU as a tree. Passwords, proofs, keys and what class 64 and 15 take as secrets are never shown;
 * challenges travel in the open and are.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { formatHex } from '#lib/core/bytes/hex.ts';
import type { Aare, Aarq } from '../acse/association.ts';
import {
	ASSOCIATION_RESULTS,
	contextOf,
	mechanismOf,
	nameOf,
	PROVIDER_DIAGNOSTICS,
	USER_DIAGNOSTICS,
} from '../acse/names.ts';
import type { ActionOutcome } from '../apdu/action.ts';
import type { Apdu } from '../apdu/apdu.ts';
import { conformanceNames } from '../apdu/conformance.ts';
import { wantedCounter } from '../apdu/failure.ts';
import type { GetResult } from '../apdu/get.ts';
import {
	ACTION_RESULTS,
	codeName,
	DATA_ACCESS_RESULTS,
	ERROR_CLASSES,
	ERROR_SERVICES,
	EXCEPTION_SERVICES,
	EXCEPTION_STATES,
} from '../apdu/results.ts';
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

const isSecretAttribute = (target: AttributeTarget): boolean =>
	SECRET_ATTRIBUTES.has(`${target.classId}/${target.attribute}`);
const isSecretMethod = (target: MethodTarget): boolean =>
	SECRET_METHODS.has(`${target.classId}/${target.method}`);

const valueTree = (data: Data, secret: boolean, name = 'value'): TreeNode =>
	secret ? node(name, REDACTED) : dataTree(data, name);

/** `inner` is what user information or ciphered contents hold, once somebody opened it. */
export function apduTree(apdu: Apdu, asked: Asked, inner?: TreeNode): TreeNode {
	switch (apdu.apdu) {
		case 'AARQ':
			return aarqTree(apdu, inner);
		case 'AARE':
			return aareTree(apdu, inner);
		case 'RLRQ':
		case 'RLRE':
			return node(apdu.apdu, apdu.misshapen ? 'lengths are wrong' : undefined, [inner]);
		case 'initiate-request':
		case 'initiate-response':
			return node(apdu.apdu, undefined, [
				'dedicatedKey' in apdu ? node('dedicated key', REDACTED) : undefined,
				node('version', apdu.version),
				node('conformance', conformanceNames(apdu.conformance).join(', ')),
				node('longest APDU', apdu.maxPdu),
			]);
		case 'exception-response': {
			const wanted = wantedCounter(apdu);
			return node(apdu.apdu, codeName(EXCEPTION_STATES, apdu.state), [
				node('service', codeName(EXCEPTION_SERVICES, apdu.service)),
				wanted === undefined ? undefined : node('counter wanted', wanted),
			]);
		}
		case 'confirmed-service-error':
			return node(apdu.apdu, codeName(ERROR_SERVICES, apdu.service), [
				node('class', codeName(ERROR_CLASSES, apdu.errorClass)),
				node('value', apdu.value),
			]);
		case 'data-notification':
			return node(apdu.apdu, undefined, [dataTree(apdu.body, 'body')]);
		case 'event-notification':
			return node(apdu.apdu, undefined, [
				attributeTree(apdu.target),
				valueTree(apdu.value, isSecretAttribute(apdu.target)),
			]);
		case 'ciphered':
		case 'general-glo-ciphering':
		case 'general-ded-ciphering':
		case 'general-ciphering':
			return node(apdu.apdu, undefined, [inner ?? node('content', octetsText(apdu.content))]);
		case 'general-signing':
			return node(apdu.apdu, undefined, [inner ?? node('content', octetsText(apdu.content))]);
		case 'general-block-transfer':
			return node(apdu.apdu, `block ${apdu.block}${apdu.last ? ', last' : ''}`, [
				node('acknowledges', apdu.acknowledged),
				node('window', apdu.window),
				node('octets', apdu.raw.length),
				inner,
			]);
		case 'unknown':
			return node('unknown APDU', apdu.tag === undefined ? 'empty' : apdu.tag.toString(16), [
				node('octets', octetsText(apdu.content)),
			]);
		default:
			return serviceTree(apdu, asked);
	}
}

/** The user information of an association, where nobody opened it. */
function aarqTree(aarq: Aarq, inner: TreeNode | undefined): TreeNode {
	const mechanism = aarq.mechanismName && mechanismOf(aarq.mechanismName);
	const value = aarq.authenticationValue;
	return node('AARQ', undefined, [
		node('context', contextOf(aarq.applicationContext) ?? 'unknown'),
		mechanism ? node('mechanism', mechanism) : undefined,
		aarq.callingApTitle && node('client system title', formatHex(aarq.callingApTitle)),
		value && mechanism?.startsWith('high')
			? node('challenge', formatHex(value))
			: value && node('password', REDACTED),
		inner,
	]);
}

function aareTree(aare: Aare, inner: TreeNode | undefined): TreeNode {
	const { source, value } = aare.diagnostic;
	const rows = source === 'user' ? USER_DIAGNOSTICS : PROVIDER_DIAGNOSTICS;
	return node('AARE', nameOf(ASSOCIATION_RESULTS, aare.result), [
		node('diagnostic', nameOf(rows, value)),
		aare.respondingApTitle && node('meter system title', formatHex(aare.respondingApTitle)),
		aare.authenticationValue && node('challenge', formatHex(aare.authenticationValue)),
		inner,
	]);
}

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

function serviceTree(apdu: ServiceApdu, asked: Asked): TreeNode {
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

function attributeTree({ classId, logicalName, attribute, selection }: AttributeTarget): TreeNode {
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

/** A breach as a node: what could not be read, and why. */
export function breachTree(name: string, error: unknown): TreeNode {
	if (!(error instanceof Breach)) throw error;
	return node(name, `cannot be read: ${error.code} at octet ${error.offset}`);
}
