/**
 * An APDU of any kind as a tree. Passwords, proofs and keys are never shown; challenges travel in the
 * open and are.
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
import type { Apdu } from '../apdu/apdu.ts';
import { conformanceNames } from '../apdu/conformance.ts';
import { wantedCounter } from '../apdu/failure.ts';
import {
	codeName,
	ERROR_CLASSES,
	ERROR_SERVICES,
	EXCEPTION_SERVICES,
	EXCEPTION_STATES,
} from '../apdu/results.ts';
import { octetsText } from './data-tree.ts';
import type { ValueMask } from './hidden-values.ts';
import { type Asked, serviceTree, targetTree, valueTree } from './service-tree.ts';
import { hiddenNode, node, type TreeNode } from './tree.ts';

/**
 * `inner` is what user information, ciphered contents or a long value hold, once somebody opened it or
 * put it together.
 */
export function apduTree(apdu: Apdu, asked: Asked, mask: ValueMask, inner?: TreeNode): TreeNode {
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
				'dedicatedKey' in apdu ? hiddenNode('dedicated key', 'secret') : undefined,
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
			return node(apdu.apdu, undefined, [valueTree(apdu.body, mask.anyValue, 'body')]);
		case 'event-notification':
			return node(apdu.apdu, undefined, [
				targetTree(apdu.target),
				valueTree(apdu.value, mask.ofAttribute(apdu.target)),
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
				node('octets', apdu.content.length),
			]);
		default:
			return serviceTree(apdu, asked, mask, inner);
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
			: value && hiddenNode('password', 'secret'),
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

/** A breach as a node: what could not be read, and why. */
export function breachTree(name: string, error: unknown): TreeNode {
	if (!(error instanceof Breach)) throw error;
	return node(name, `cannot be read: ${error.code} at octet ${error.offset}`);
}
