/** How many octets a Data takes in A-XDR, without encoding it. */
import { type Data, dataTypeOf, type TypeDescription } from '#lib/core/dlms/axdr/data-type.ts';
import { lengthSize } from '#lib/core/dlms/axdr/length.ts';

/** Octets with the tag. */
export function dataOctets(data: Data): number {
	return 1 + contentOctets(data);
}

function contentOctets(data: Data): number {
	switch (data.type) {
		case 'array':
		case 'structure':
			return data.value.reduce(
				(sum, element) => sum + dataOctets(element),
				lengthSize(data.value.length),
			);
		case 'compact-array': {
			const octets = data.value.reduce((sum, element) => sum + bareOctets(element), 0);
			return descriptionOctets(data.description) + lengthSize(octets) + octets;
		}
		case 'bit-string':
			return lengthSize(data.bits) + data.value.length;
		case 'octet-string':
		case 'visible-string':
		case 'utf8-string':
			return lengthSize(data.value.length) + data.value.length;
		default:
			return dataTypeOf(data.type).size;
	}
}

/** An element of a compact-array: neither tags nor counts. */
function bareOctets(data: Data): number {
	return data.type === 'array' || data.type === 'structure'
		? data.value.reduce((sum, element) => sum + bareOctets(element), 0)
		: contentOctets(data);
}

function descriptionOctets(description: TypeDescription): number {
	if (description.type === 'array') return 3 + descriptionOctets(description.element);
	if (description.type !== 'structure') return 1;
	const { elements } = description;
	return elements.reduce(
		(sum, element) => sum + descriptionOctets(element),
		1 + lengthSize(elements.length),
	);
}
