/** In Swahili: see `en/token-results.ts`. */
import type { Words } from '../catalogue.ts';
import { withDisplays, type TokenResultFacts } from '../token-result-words.ts';

export const tokenDone: Words['virtualMeter']['done'] = {
	credited: (added, credit) => `${added} zimeongezwa. Mita sasa ina ${credit}.`,
	creditCleared: (cleared) => `Salio la ${cleared} limefutwa.`,
	powerLimitSet: (watts) => `Kuanzia sasa mita itazima ikizidi W ${watts}.`,
	phaseLimitSet: (watts) => `Kuanzia sasa fezi zinaweza kutofautiana kwa W ${watts}.`,
	tamperCleared: 'Kengele ya kuchezewa imefutwa.',
	shown: 'Mita inaonyesha kilichoombwa na tokeni ya majaribio.',
};

const sectionTaken = ({ missing }: TokenResultFacts): string =>
	missing === ''
		? 'Ufunguo wa mita hii umebadilika. Tokeni zilizotengenezwa kwa ufunguo wa zamani hazifanyi kazi tena.'
		: `Ingiza pia sehemu ya ${missing}. Ufunguo hubadilika sehemu zote zikiingia.`;

export const tokenResults: Words['virtualMeter']['results'] = withDisplays({
	Accept: { title: 'Imekubaliwa', detail: () => 'Mita imepokea tokeni.' },
	'1stKCT': { title: 'Kubadilisha ufunguo: sehemu 1 imepokewa', detail: sectionTaken },
	'2ndKCT': { title: 'Kubadilisha ufunguo: sehemu 2 imepokewa', detail: sectionTaken },
	'3rdKCT': { title: 'Kubadilisha ufunguo: sehemu 3 imepokewa', detail: sectionTaken },
	'4thKCT': { title: 'Kubadilisha ufunguo: sehemu 4 imepokewa', detail: sectionTaken },
	OverflowError: {
		title: 'Mita imejaa mno',
		detail: () =>
			'Haiwezi kubeba umeme mwingi zaidi hivyo. Tokeni haijatumika: iingize tena umeme kiasi ukiisha.',
	},
	KeyTypeError: {
		title: 'Kubadilisha ufunguo hakuruhusiwi',
		detail: () =>
			'Mita hairuhusiwi kutoka aina yake ya ufunguo kwenda mpya. Hakuna kilichobadilika.',
	},
	FormatError: {
		title: 'Si tokeni',
		detail: () =>
			'Hakuna tokeni inayofanana na tarakimu hizi. Zilinganishe na karatasi, kisha uziingize tena.',
	},
	RangeError: {
		title: 'Thamani nje ya kiwango',
		detail: () => 'Tokeni ina thamani ambayo mita hii haiipokei. Haijatumika.',
	},
	FunctionError: {
		title: 'Haiwezekani kwa mita hii',
		detail: () => 'Tokeni inaomba kitu ambacho mita hii haiwezi kufanya. Haijatumika.',
	},
	OldError: {
		title: 'Ya zamani mno',
		detail: () =>
			'Tokeni ni ya zamani kuliko ile ya zamani zaidi ambayo mita inaikumbuka, hivyo haikubaliwi tena. Ingiza za zamani kwanza. Kama hii haijawahi kutumika, piga simu huduma kwa wateja.',
	},
	UsedError: {
		title: 'Imeshatumika',
		detail: ({ credit }) =>
			`Mita iliipokea tokeni hii hapo awali. Hakuna kilichoongezwa sasa; ina ${credit}.`,
	},
	KeyExpiredError: {
		title: 'Muda umeisha',
		detail: () =>
			'Ufunguo uliotengeneza tokeni hii umeisha muda. Omba shirika libadilishe ufunguo, kisha uombe tokeni mpya.',
	},
	DDTKError: {
		title: 'Mita bado ina ufunguo wa kiwandani',
		detail: () =>
			'Inapokea umeme baada tu ya kubadilishiwa ufunguo. Ingiza kwanza tokeni za kubadilisha ufunguo; hii haijatumika.',
	},
	CRCError: {
		title: 'Si ya mita hii, au imeandikwa vibaya',
		detail: () =>
			'Linganisha namba ya mita na kila tarakimu na karatasi, kisha uingize tokeni tena.',
	},
	MfrCodeError: {
		title: 'Ya mita ya kampuni nyingine',
		detail: () =>
			'Tokeni hii ya majaribio ni ya mita za mtengenezaji mwingine. Hakuna kilichofanyika.',
	},
	Lockout: {
		title: 'Imefungwa kwa sasa',
		detail: () =>
			'Baada ya kukosea kuingiza, mita haipokei tokeni kwa muda. Hii haijaangaliwa na bado ni nzuri.',
	},
});
