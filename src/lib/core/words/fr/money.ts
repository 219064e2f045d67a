/** In French: see `en/money.ts`. */
import type { Words } from '../catalogue.ts';

export const money: Words['money'] = {
	title: 'Où est mon argent\u00a0?',
	withYou: 'Chez vous. Rien n’a été payé.',
	undecided:
		'Chez vous jusqu’à votre accord, puis chez l’opérateur de paiement jusqu’à sa réponse définitive. Si elle est négative, vous gardez votre argent.',
	until: (time) => `La page de paiement est ouverte jusqu’à ${time}.`,
	held: 'À la compagnie, gardé pour cet achat. Si aucun jeton ne peut être créé, il vous revient.',
	late: (amount) => `${amount} sont arrivés après la fin de cet achat, trop tard pour un jeton.`,
	other: (amount) =>
		`${amount} ont été payés. Ce n’est pas ce qui était demandé\u00a0: aucun jeton n’a été créé.`,
	again: (amount) =>
		`${amount} ont été payés une fois de trop. Votre jeton est payé et reste valable.`,
	owed: (amount) =>
		`${amount} vous sont dus. La compagnie vous les renvoie\u00a0; vous n’avez rien à faire. Cette page dit quand c’est fait.`,
	atTill: (amount) =>
		`${amount} vous reviennent, à la caisse où vous avez acheté, si elle ne les a pas déjà rendus. Apportez le reçu.`,
	provider: (amount, moment) => `${amount} ont été renvoyés là d’où vous avez payé, le ${moment}.`,
	bank: (amount, moment) => `${amount} ont été remboursés par la banque, le ${moment}.`,
	arrears: (amount, moment) => `${amount} ont été déduits de la dette d’un compteur, le ${moment}.`,
	back: (amount) =>
		`L’opérateur de paiement a repris ${amount}\u00a0: vous ne devez rien. Demandez-lui où est l’argent.`,
	backWithToken: (amount) =>
		`L’opérateur de paiement a repris ${amount} après la création du jeton. Le jeton reste valable mais n’est pas payé\u00a0: appelez l’assistance.`,
	kept: 'Ce qui a été payé est gardé pour vous. Appelez l’assistance et donnez le numéro de l’achat.',
	mayBePaid:
		'Si vous avez payé, ne rachetez pas\u00a0: appelez l’assistance et donnez le numéro de l’achat.',
	foreign:
		'De l’argent dans une autre monnaie est arrivé. Il est gardé pour vous\u00a0: appelez l’assistance et donnez le numéro de l’achat.',
	heard: (ago) => `Demandé ${ago}`,
	ask: 'Redemander',
};
