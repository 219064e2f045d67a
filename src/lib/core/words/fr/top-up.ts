/** In French: see `en/top-up.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('fr');

export const topUp: Words['topUp'] = {
	title: 'Recharger',
	field: 'Numéro du compteur',
	hint: '11 ou 13 chiffres, imprimés sur le compteur',
	soFar: (count) =>
		`${count} ${plural(count, { one: 'chiffre', other: 'chiffres' })} pour l’instant, il en faut 11 ou 13`,
	sound: 'Le chiffre de contrôle est bon',
	next: 'Continuer',
	saved: {
		title: 'Vos compteurs',
		another: 'Un autre compteur',
		all: (count) => `Les voir tous, ${count}`,
		manage: (name) => `Renommer ou oublier ${name}`,
	},
	manage: {
		rename: 'Le nom que vous lui donnez',
		renameHint: 'Seulement sur cet appareil, par exemple Maison ou Boutique',
		save: 'Enregistrer',
		noName: 'Retirer le nom',
		forget: 'Oublier ce compteur',
		forgetHint: 'Les achats faits pour lui restent dans la liste.',
		close: 'Fermer',
		refusals: {
			'too-long': '24 caractères au plus.',
			'not-readable': 'Il y a dedans un caractère qui ne peut pas être affiché.',
			'no-letter': 'Il faut une lettre ou un chiffre.',
			'a-number': 'C’est un numéro comme celui d’un compteur. Choisissez un mot.',
			taken: 'Un autre compteur porte déjà ce nom ici.',
		},
	},
	resume: {
		title: 'Vous en étiez là',
		detail: (amount, who) => `${amount} pour ${who}. Rien n’a été envoyé et rien n’a été payé.`,
		goOn: 'Continuer',
		forget: 'Oublier',
	},
	look: 'Voir',
	find: {
		title: 'Où se trouve le numéro',
		detail:
			'Sur une étiquette ou une plaque à l’avant du compteur, près du code-barres. Il est aussi sur chaque ancien reçu de ce compteur.',
		picture: 'Un compteur avec son numéro sous le code-barres',
	},
	virtual: {
		title: 'Essayez avec un compteur virtuel',
		detail:
			'Un compteur dans cette application, pour faire des essais. Pas de vrai argent, pas de vraie électricité, et ses jetons ne vont à aucun vrai compteur.',
		none: 'Ce service n’a pas de compteurs virtuels.',
		unreachable:
			'La liste des compteurs virtuels vient du service, qui ne peut pas être joint maintenant.',
	},
};
