/** In Swahili: see `en/waterfall.ts`. */
import type { Words } from '../catalogue.ts';

export const waterfall: Words['waterfall'] = {
	title: 'Pesa inanunua nini',
	tendered: 'Unalipa',
	energy: 'Unapata',
	lines: {
		'service-fee': {
			name: () => 'Ada ya huduma',
			why: () => 'Gharama ya kuuza tokeni. Hukatwa mara moja kwa kila ununuzi.',
		},
		arrears: {
			name: () => 'Deni',
			why: ({ balanceAfter }) =>
				`Deni la zamani kwa shirika la umeme. Sehemu ya kila ununuzi hulipa deni hilo; baada ya hapo zitabaki ${balanceAfter} za kulipa.`,
		},
		vat: {
			name: ({ rate }) => `VAT ${rate}`,
			why: () => 'Kodi ya vilivyo hapa chini. Shirika huipeleka serikalini.',
		},
		'fixed-charge': {
			name: () => 'Ada ya mwezi',
			why: () => 'Ya kuunganishwa. Hukatwa kwenye ununuzi wa kwanza wa kila mwezi, kisha basi.',
		},
		'brought-forward': {
			name: () => 'Salio la mara iliyopita',
			why: () =>
				'Haikutosha kununua 0.1 kWh umeme uliponunuliwa mara ya mwisho kwa mita hii. Inanunua sasa.',
		},
		'energy-block': {
			name: ({ energy, price }) => `${energy} kwa ${price}`,
			why: ({ block, price }) =>
				`Daraja la ${block} la bei: ${price} kwa kila kWh, bila VAT. Madaraja huanza upya kila mwezi.`,
		},
		'left-over': {
			name: () => 'Salio',
			why: () =>
				'Haitoshi kununua 0.1 kWh nyingine. Inabaki kwenye akaunti na itanunua mara ijayo.',
		},
	},
	estimate: 'Makadirio',
	estimateWhy: (ago) =>
		`Kwa bei zilizojulikana hapa ${ago}. Huduma itasema tena kabla hujalipa; kama ungepata kidogo zaidi, itakuuliza kwanza.`,
	empty: 'Chagua kiasi ili uone kila hatua kutoka pesa hadi umeme.',
};
