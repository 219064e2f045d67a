/**
 * GET, SET and ACTION on the virtual meter as pure functions. Refusals in the order the field expects:
 * object unknown, class mismatch, no such attribute or no right, wrong type, bad selection.
 */
import type { AttributeTarget, MethodTarget } from '#lib/core/dlms/apdu/target.ts';
import type { ReadOutcome } from '#lib/core/dlms/association/meter-settings.ts';
import { octetString, structure } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { isOfType } from '#lib/core/dlms/cosem/class-row.ts';
import { attributeRow } from '#lib/core/dlms/cosem/classes.ts';
import { obisOctets } from '#lib/core/dlms/cosem/obis.ts';
import { hasRole } from './client-setups.ts';
import type { CosemObject, Invoked, Question, Written } from './cosem-object.ts';
import { objectOf } from './objects.ts';

type Found =
	| { readonly object: CosemObject }
	| { readonly refused: 'object-undefined' | 'object-class-inconsistent' | 'read-write-denied' };

function find({ classId, logicalName }: AttributeTarget | MethodTarget, question: Question): Found {
	const object = objectOf(logicalName, question);
	if (!object) return { refused: 'object-undefined' };
	if (object.classId !== classId) return { refused: 'object-class-inconsistent' };
	return hasRole(question.asking.role, object.lowest)
		? { object }
		: { refused: 'read-write-denied' };
}

/** The value of an attribute, or of all of them (attribute 0), for who asks. */
export function readAttribute(question: Question, target: AttributeTarget): ReadOutcome {
	const found = find(target, question);
	if ('refused' in found) return found;
	const { object } = found;
	const name = octetString(obisOctets(object.logicalName));
	if (target.attribute === 1)
		return target.selection ? { refused: 'other-reason' } : { data: name };
	if (target.attribute === 0) {
		const values = object.attributes.map(({ read }) => read(question));
		return { data: structure(name, ...values) };
	}
	const attribute = object.attributes.find(({ index }) => index === target.attribute);
	if (!attribute) return { refused: 'read-write-denied' };
	if (!target.selection) return { data: attribute.read(question) };
	const part = attribute.select?.(question, target.selection);
	return part ? { data: part } : { refused: 'other-reason' };
}

/** The meter with an attribute written, or why not. */
export function writeAttribute(question: Question, target: AttributeTarget, data: Data): Written {
	const found = find(target, question);
	if ('refused' in found) return found;
	const write = found.object.attributes.find(({ index }) => index === target.attribute)?.write;
	if (!write || target.selection || !hasRole(question.asking.role, 'management'))
		return { refused: 'read-write-denied' };
	const type = attributeRow(target.classId, target.attribute)?.type ?? 'any';
	return isOfType(type, data) ? write(question, data) : { refused: 'type-unmatched' };
}

/** The meter after a method, or why not. */
export function invokeMethod(
	question: Question,
	target: MethodTarget,
	parameter: Data | undefined,
): Invoked {
	const found = find(target, question);
	if ('refused' in found) return found;
	const method = found.object.methods.find(({ index }) => index === target.method);
	if (!method) return { refused: 'object-undefined' };
	return hasRole(question.asking.role, method.lowest)
		? method.invoke(question, parameter)
		: { refused: 'read-write-denied' };
}
