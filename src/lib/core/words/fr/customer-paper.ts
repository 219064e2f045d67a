/** In French: see `en/customer-paper.ts`. */
import type { CustomerPaperWords } from '../customer-paper.ts';

export const customerPaper: CustomerPaperWords = {
	receipt: {
		title: 'REÇU',
		vendor: 'Vendeur',
		operator: 'Caissier',
		terminal: 'Caisse',
		method: {
			cash: 'Payé en espèces',
			card: 'Payé par carte',
			'mobile-money': 'Payé par mobile money',
		},
		amount: 'Montant',
		keyChange: 'Nouvelle clé du compteur',
		keyPlaces: (from, to) => `de ${from} à ${to}`,
		enterInOrder: (count) => `Saisissez les ${count} jetons, dans cet ordre.`,
		tokenOf: (place, what) => `${place}\u00a0: ${what}`,
		carrying: (what, energy) => `${what}, ${energy}`,
		engineering: 'Pour le technicien',
		price: 'Prix hors TVA',
		noEnergy: 'Ces jetons n’apportent pas d’énergie.',
	},
	reprint: (copy) => `COPIE ${copy}`,
	reprintNote: 'Copie d’un reçu déjà imprimé. Ses jetons sont les mêmes.',
	test: 'TEST',
	testNote: 'Un jeton de test\u00a0: aucun vrai compteur ne l’accepte.',
	provisional: {
		mark: 'PAS ENCORE DE JETON',
		title: 'PROVISOIRE',
		lead: 'Votre argent a été reçu. Le jeton n’est pas encore créé, car il n’y a pas de réseau ici.',
		taken: 'Reçu le',
		code: 'Code de retrait',
		todo: 'Revenez avec ce papier, ou allez chez un autre agent\u00a0: votre numéro de compteur et le code de retrait vous donnent le jeton. Si la vente est refusée, votre argent est à la caisse qui l’a reçu. Ne montrez ces deux numéros à personne d’autre.',
		estimate: 'ESTIMATION',
		estimateWhy:
			'Le prix est fixé quand la vente arrive. Vous pouvez recevoir un peu plus ou un peu moins.',
		notPriced: 'On ne sait pas encore combien d’énergie cela achète.',
		paid: 'Montant',
		foot: 'Ce papier n’est pas un reçu.',
	},
	refund: {
		title: 'REMBOURSEMENT',
		lead: 'Rien n’a été vendu. L’argent a été rendu.',
		amount: 'Somme rendue',
		why: 'Motif',
		taken: 'Vente reçue le',
		code: 'Code de retrait',
		signature: 'Signature du client',
	},
};
