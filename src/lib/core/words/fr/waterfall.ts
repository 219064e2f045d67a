/** In French: see `en/waterfall.ts`. */
import type { Words } from '../catalogue.ts';

export const waterfall: Words['waterfall'] = {
	title: 'Ce que l’argent achète',
	tendered: 'Vous payez',
	energy: 'Vous recevez',
	lines: {
		'service-fee': {
			name: () => 'Frais de service',
			why: () => 'Ce que coûte la vente d’un jeton. Pris une fois à chaque achat.',
		},
		arrears: {
			name: () => 'Arriérés',
			why: ({ balanceAfter }) =>
				`Dus à la compagnie depuis plus tôt. Une part de chaque achat y va\u00a0; il reste ensuite ${balanceAfter} à payer.`,
		},
		vat: {
			name: ({ rate }) => `TVA ${rate}`,
			why: () => 'Taxe sur ce qui suit. La compagnie la reverse à l’État.',
		},
		'fixed-charge': {
			name: () => 'Redevance mensuelle',
			why: () => 'Pour le branchement. Prise au premier achat de chaque mois, puis plus.',
		},
		'brought-forward': {
			name: () => 'De la dernière fois',
			why: () =>
				'Trop peu pour 0,1 kWh lors du dernier achat pour ce compteur. Cela achète maintenant.',
		},
		'energy-block': {
			name: ({ energy, price }) => `${energy} à ${price}`,
			why: ({ block, price }) =>
				`Tranche ${block} du tarif\u00a0: ${price} par kWh, hors TVA. Les tranches recommencent chaque mois.`,
		},
		'left-over': {
			name: () => 'Reste',
			why: () =>
				'Trop peu pour 0,1 kWh de plus. Cela reste sur le compte et achètera la prochaine fois.',
		},
	},
	estimate: 'Estimation',
	estimateWhy: (ago) =>
		`D’après les prix connus ici ${ago}. Le service le redit avant que vous payiez\u00a0; si vous deviez recevoir moins, il vous demande d’abord.`,
	empty: 'Choisissez un montant pour voir chaque étape, de l’argent à l’électricité.',
};
