/** Firmware (IEC 62056-6-2, class 18): the transfer of an image, and which firmware runs. */
import { parseHex } from '#lib/core/bytes/hex.ts';
import {
	array,
	bitString,
	boolean,
	doubleLongUnsigned,
	enumerated,
	octetString,
	structure,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { cosemObject, type CosemObject } from './cosem-object.ts';
import type { Invoked, Question, Written } from './cosem-object.ts';
import { textData } from './cosem-values.ts';
import {
	activate,
	firstMissing,
	IMAGE_BLOCK_OCTETS,
	IMAGE_STATUSES,
	type ImageRefusal,
	type ImageTransfer,
	initiate,
	takeBlock,
	verify,
} from './image-transfer.ts';

/** One bit a block, the first one highest. */
function blockBits({ blocks }: ImageTransfer): Data {
	const octets = new Uint8Array(Math.ceil(blocks.length / 8));
	blocks.forEach((block, at) => {
		if (block !== null) octets[at >> 3] = (octets[at >> 3] as number) | (0x80 >> (at & 7));
	});
	return bitString(octets, blocks.length);
}

const REFUSALS: Readonly<Record<ImageRefusal, 'temporary-failure' | 'other-reason'>> = {
	'not-enabled': 'other-reason',
	busy: 'temporary-failure',
	'out-of-order': 'other-reason',
	'bad-size': 'other-reason',
};

function step({ meter }: Question, taken: ImageTransfer | ImageRefusal): Invoked {
	return typeof taken === 'string'
		? { refused: REFUSALS[taken] }
		: { meter: { ...meter, image: taken } };
}

/** Both elements of a parameter such as {octet-string, double-long-unsigned}, whichever comes first. */
function pairOf(
	parameter: Data | undefined,
): { readonly octets: Uint8Array; readonly number: number } | undefined {
	if (parameter?.type !== 'structure' || parameter.value.length !== 2) return undefined;
	const [first, second] = parameter.value;
	const [octets, number] = first?.type === 'octet-string' ? [first, second] : [second, first];
	return octets?.type === 'octet-string' && number?.type === 'double-long-unsigned'
		? { octets: octets.value, number: number.value }
		: undefined;
}

const withPair =
	(
		take: (
			transfer: ImageTransfer,
			octets: Uint8Array,
			number: number,
		) => ImageTransfer | ImageRefusal,
	) =>
	(question: Question, parameter: Data | undefined): Invoked => {
		const pair = pairOf(parameter);
		if (!pair) return { refused: 'type-unmatched' };
		return step(question, take(question.meter.image, pair.octets, pair.number));
	};

/** Begins, and says "not yet"; once it is over, says how it went. */
function verifyImage(question: Question): Invoked {
	const { image } = question.meter;
	if (image.status === 'verification-successful') return { meter: question.meter };
	const begun = step(question, verify(image, question.instantMs));
	return 'refused' in begun ? begun : { refused: 'temporary-failure', meter: begun.meter };
}

function enable({ meter }: Question, data: Data): Written {
	const enabled = data.type === 'boolean' && data.value;
	return { meter: { ...meter, image: { ...meter.image, enabled } } };
}

export const IMAGE_OBJECTS: readonly CosemObject[] = [
	cosemObject(
		1,
		'1.0.0.2.0',
		{ 2: ({ meter }) => textData(meter.meter.software) },
		{ lowest: 'public' },
	),
	cosemObject(
		18,
		'0.0.44.0.0',
		{
			2: () => doubleLongUnsigned(IMAGE_BLOCK_OCTETS),
			3: ({ meter }) => blockBits(meter.image),
			4: ({ meter }) => doubleLongUnsigned(firstMissing(meter.image)),
			5: ({ meter }) => boolean(meter.image.enabled),
			6: ({ meter }) => enumerated(IMAGE_STATUSES.indexOf(meter.image.status)),
			7: ({ meter: { image } }) =>
				array(
					...(image.checked
						? [
								structure(
									doubleLongUnsigned(image.checked.size),
									octetString(parseHex(image.checked.idHex)),
									octetString(parseHex(image.checked.digestHex)),
								),
							]
						: []),
				),
		},
		{
			writes: { 5: enable },
			methods: [
				{
					index: 1,
					lowest: 'management',
					invoke: withPair((transfer, id, size) => initiate(transfer, id, size)),
				},
				{
					index: 2,
					lowest: 'management',
					invoke: withPair((transfer, octets, number) => takeBlock(transfer, number, octets)),
				},
				{ index: 3, lowest: 'management', invoke: verifyImage },
				{
					index: 4,
					lowest: 'management',
					invoke: (question) => step(question, activate(question.meter.image, question.instantMs)),
				},
			],
		},
	),
];
