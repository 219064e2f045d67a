/** In French: see `en/fbe.ts`. */
import type { Words } from '../catalogue.ts';

export const fbe: Words['fbe'] = {
	title: 'Électricité gratuite',
	free: (energy) => `${energy} gratuits ce mois-ci`,
	freeFor: (energy, name) => `${energy} gratuits ce mois-ci pour ${name}`,
	about:
		'Une fois par mois, le distributeur donne à ce compteur de l’électricité gratuite. Vous ne payez rien.',
	expires: (date) => `Expire le ${date}`,
	look: 'La prendre',
	dismiss: 'Pas ce mois-ci',
	fetch: (energy) => `Prendre ${energy} gratuits`,
	ask: 'La demander',
	later: 'Demander maintenant, prendre plus tard',
	waits: 'La demande attend ici et part quand le réseau revient.',
	unknown:
		'On ne sait pas ici si ce compteur a de l’électricité gratuite. Le service le dit quand on lui demande.',
	given: {
		title: 'Déjà prise ce mois-ci',
		here: 'Vous l’avez prise sur cet appareil. Elle revient le 1er.',
		look: 'Voir le jeton',
	},
	underWay: {
		title: 'Déjà demandée',
		detail: 'La demande est en route sous un seul numéro : elle ne peut pas être prise deux fois.',
		look: 'Voir où elle en est',
	},
	remind: {
		monthly: 'Le 1er de chaque mois',
		next: (day) => `Prochain rappel le ${day}.`,
		noteTitle: (name) => `Électricité gratuite : ${name}`,
		noteBody: 'Un nouveau mois commence. Voyez si celle de ce mois est à prendre.',
	},
	owner: {
		phone: 'Téléphone du compte',
		send: 'M’envoyer un code',
		sent: (phone) => `Si le distributeur connaît ${phone}, un code de 6 chiffres y est envoyé.`,
		code: 'Code du message',
		codeHint: '6 chiffres',
		show: 'Ce téléphone est à moi',
		again: 'Envoyer un autre code',
		silent: 'Pas de réponse. Réessayez quand il y a du réseau.',
		offline: 'Pour le montrer, il faut le réseau.',
		other: 'Ce téléphone n’est pas celui du compte de ce compteur. L’agence peut le changer.',
	},
	price: 'Gratuit',
	askAgain: 'Redemander',
	alsoTold: 'Si le compte a un téléphone, le jeton y a été envoyé aussi.',
	missed: (asked, given) =>
		`Le mois (${asked}) s’est terminé avant l’arrivée de votre demande. Voici l’électricité gratuite de ${given}.`,
	stories: {
		queuedOffline: {
			title: 'Pas encore de jeton',
			detail:
				'Votre demande est gardée sur cet appareil. Elle part d’elle-même quand le réseau revient. Elle ne coûte rien.',
		},
		unanswered: {
			title: 'Pas encore de réponse',
			detail:
				'La demande est partie ; on ne sait pas si elle est arrivée. Elle est répétée d’elle-même, sous le même numéro, et ne peut pas être prise deux fois.',
		},
		issuing: {
			title: 'Le jeton se prépare',
			detail: 'Rien ne peut plus se perdre ; cela prend un instant.',
		},
		withdrawn: {
			title: 'Vous l’avez reprise',
			detail: 'Aucun jeton n’a été créé. Vous pouvez redemander.',
		},
	},
};
