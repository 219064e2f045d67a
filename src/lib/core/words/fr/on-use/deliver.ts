/** In French: see `en/on-use/deliver.ts`. */
import type { DeliverWords } from '../../deliver.ts';

export const deliver: DeliverWords = {
	title: 'Envoyer au compteur',
	back: 'Retour au jeton',
	forMeter: (meter) => `Pour le compteur ${meter}`,
	need: {
		title: 'Ce navigateur ne peut pas joindre un compteur',
		detail:
			'Il faut une sonde avec câble, et Chrome ou Edge sur un ordinateur, ou Chrome sur un téléphone Android. Le clavier du compteur marche toujours.',
	},
	how: [
		'Branchez la sonde à cet appareil et appliquez-la sur la fenêtre ronde du compteur, câble vers le bas.',
		'Touchez le bouton ci-dessous. Le navigateur montre une liste\u00a0: choisissez la sonde.',
		'Tenez-la en place jusqu’à ce que cet écran dise que le compteur a le jeton.',
	],
	howVirtual: 'C’est un compteur virtuel de cet appareil\u00a0: aucun câble n’est nécessaire.',
	ways: {
		virtual: 'Envoyer au compteur virtuel',
		with: (probe) => `Envoyer avec ${probe}`,
		serial: 'Choisir la sonde',
		usb: 'Choisir une sonde USB',
		other: 'Choisir une autre sonde',
	},
	doing: {
		calling: { title: 'Appel du compteur', detail: 'Ne bougez pas la sonde.' },
		asking: { title: 'Le compteur dit qui il est', detail: 'Rien ne lui a encore été envoyé.' },
		admitted: { title: 'C’est le bon compteur', detail: 'Ne bougez pas la sonde.' },
		reading: { title: 'Lecture du compteur', detail: 'On lit ce qu’il a avant tout envoi.' },
		sending: { title: 'Envoi du jeton', detail: 'Ne bougez pas la sonde.' },
		looking: { title: 'Le compteur l’examine', detail: 'Il répond dans un instant.' },
		readingBack: {
			title: 'Le compteur n’a pas répondu',
			detail: 'Rien n’a été envoyé deux fois. On lit ce qu’il a.',
		},
	},
	results: {
		taken: { title: 'Le compteur l’a accepté', detail: 'Il n’y a plus rien à saisir.' },
		used: {
			title: 'Le compteur a déjà ce jeton',
			detail: 'Il dit qu’il a servi. Comparez son crédit avec ce que vous attendez.',
		},
		format: {
			title: 'Le compteur ne le lit pas ainsi',
			detail: 'Les chiffres sont complets. Saisissez-les\u00a0: le jeton reste bon.',
		},
		authentication: {
			title: 'Le compteur dit\u00a0: pas pour moi',
			detail: 'Sa clé n’est peut-être pas celle du jeton. Le jeton n’a pas été utilisé.',
		},
		validation: {
			title: 'Le compteur dit\u00a0: utilisé, trop ancien ou expiré',
			detail: 'Cherchons la cause. Le jeton n’a pas été pris cette fois.',
		},
		execution: {
			title: 'Le compteur ne peut pas le prendre maintenant',
			detail: 'Il est trop plein, ou il attend après plusieurs refus. Le jeton reste bon.',
		},
		keypadOnly: {
			title: 'Ce compteur ne prend les jetons qu’au clavier',
			detail: 'Par câble, seul un technicien peut en envoyer. Le jeton n’a pas été utilisé.',
		},
		lost: {
			title: 'Pas encore connu',
			detail:
				'La connexion s’est coupée pendant l’envoi. Reconnectez\u00a0: on lit d’abord ce que le compteur a, et rien n’est envoyé deux fois.',
		},
		undecided: {
			title: 'Le compteur ne dit pas s’il l’a',
			detail:
				'Comparez le crédit sur son écran. Renvoyé, un jeton qu’il a déjà est seulement dit utilisé et ne compte pas deux fois.',
		},
		held: {
			title: 'Tout n’est pas encore envoyé',
			detail: 'Ce qui manque au compteur attend ici.',
		},
		calledOff: { title: 'Arrêté', detail: 'Rien n’est en route vers le compteur.' },
		allIn: {
			title: 'Tout est dans le compteur',
			detail: 'Selon vos indications au clavier, ou selon le compteur lui-même.',
		},
		damaged: {
			title: 'On ne sait plus où cela en était',
			detail:
				'La note de cet appareil est illisible. Renvoyé, un jeton que le compteur a déjà est seulement dit utilisé.',
		},
		notKept: {
			title: 'Cet appareil ne peut rien enregistrer',
			detail: 'Rien de plus n’a donc été envoyé. Faites de la place, puis réessayez.',
		},
		notTokens: {
			title: 'Ces chiffres ne peuvent pas être envoyés',
			detail: 'Rien n’a été envoyé. Saisissez-les.',
		},
		otherTab: {
			title: 'Un autre onglet est sur ce compteur',
			detail: 'Un seul à la fois, pour ne rien envoyer deux fois. Fermez-le d’abord.',
		},
	},
	failures: {
		silent: {
			title: 'Le compteur ne répond pas',
			detail:
				'Rien n’a été envoyé. Appliquez la sonde bien à plat sur la fenêtre ronde, câble vers le bas, et réessayez.',
		},
		noProtocol: {
			title: 'Le compteur ne parle pas par cette prise',
			detail: 'Rien n’a été envoyé. Saisissez le jeton.',
		},
		otherMeter: { title: 'C’est un autre compteur', detail: 'Rien ne lui a été envoyé.' },
		untold: {
			title: 'Le compteur ne dit pas son numéro',
			detail: 'Rien n’a donc été envoyé\u00a0: ce pourrait être un autre. Saisissez le jeton.',
		},
		brokeOff: {
			title: 'Le compteur a coupé',
			detail: 'Rien n’est en route. Attendez deux minutes, puis réessayez.',
		},
		unplugged: {
			title: 'Le câble est débranché',
			detail: 'Rien n’est en route. Rebranchez-le, puis reconnectez.',
		},
		busy: {
			title: 'La sonde est occupée',
			detail: 'Un autre onglet ou programme l’utilise. Rien n’a été envoyé.',
		},
		notAllowed: {
			title: 'La sonde n’est pas autorisée',
			detail: 'Autorisez les ports série et USB pour cette page dans les réglages du navigateur.',
		},
		port: {
			title: 'La sonde ne marche pas ici',
			detail: 'Rien n’a été envoyé. Débranchez-la, rebranchez-la, ou choisissez-en une autre.',
		},
		nothingChosen: {
			title: 'Aucune sonde choisie',
			detail: 'Branchez-la et choisissez-la dans la liste.',
		},
	},
	otherMeter: (found, wanted) =>
		`C’est le compteur ${found}. Le jeton est pour le compteur ${wanted}.`,
	credit: { before: 'Crédit avant', after: 'Crédit du compteur maintenant' },
	phases: {
		waiting: 'En attente',
		going: 'En route',
		unknown: 'Pas connu',
		taken: 'Dans le compteur',
		refused: 'Refusé',
	},
	acts: {
		again: 'Réessayer',
		connect: 'Reconnecter',
		takeOver: 'Reprendre ici',
		rest: 'Envoyer le reste',
		coach: 'Saisir pas à pas',
		doctor: 'Trouver la cause',
		lookAgain: 'Relire le compteur',
		sendAgain: 'Renvoyer',
		done: 'Voir le jeton',
		cancel: 'Arrêter',
		cancelling: 'Arrêt après cette étape',
	},
	older: 'Envoyer le plus ancien',
	code: (code) => `Code ${code}`,
};
