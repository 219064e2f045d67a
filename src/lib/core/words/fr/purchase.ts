/** In French: see `en/purchase.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('fr');

export const purchase: Words['purchase'] = {
	title: 'Achat',
	back: 'Achats',
	states: {
		queued: 'En attente',
		'confirm-again': 'À confirmer',
		'awaiting-payment': 'À payer',
		issuing: 'Jeton en route',
		issued: 'Jeton arrivé',
		refused: 'Pas de jeton',
		withdrawn: 'Annulé',
		replaced: 'Continué',
		'dead-letter': 'À réparer',
	},
	stories: {
		handingIn: {
			title: 'Votre demande est transmise',
			detail: 'Elle est enregistrée sur cet appareil et en route vers le service.',
		},
		queuedOffline: {
			title: 'Pas encore de jeton',
			detail:
				'Votre demande est enregistrée sur cet appareil. Elle part toute seule quand le réseau revient. Vous payez à ce moment-là, pas maintenant.',
		},
		unanswered: {
			title: 'Pas encore de réponse',
			detail:
				'La demande est partie, et on ne sait pas si elle est arrivée. Elle est reposée toute seule, avec le même numéro\u00a0: elle ne peut pas devenir deux achats.',
		},
		priceChanged: {
			title: 'Le prix a changé',
			detail:
				'L’argent achète moins que lors de votre demande. Rien n’a été payé. Regardez le nouveau prix et décidez.',
		},
		confirmationNeeded: {
			title: 'Regardez avant de payer',
			detail:
				'Vous avez fait cette demande sans réseau. Voici à qui est le compteur et ce que l’argent achète. Rien n’a encore été payé.',
		},
		preparingPayment: {
			title: 'Préparation du paiement',
			detail:
				'Le service a votre demande et s’adresse à l’opérateur de paiement. Rien n’a encore été payé.',
		},
		approve: {
			title: 'Validez le paiement',
			detail:
				'L’opérateur de paiement attend votre accord. Le jeton est créé dès que l’argent est là.',
		},
		approveLater: {
			title: 'Pas de réseau pour payer',
			detail:
				'La page de paiement a besoin du réseau. Validez le paiement à son retour. Si vous l’avez déjà validé, n’achetez pas une seconde fois\u00a0: le jeton viendra tout seul.',
		},
		paymentSilent: {
			title: 'L’opérateur de paiement ne répond pas',
			detail:
				'On ne sait pas s’il a la demande. Elle est reposée toute seule, avec le même numéro\u00a0: vous ne pouvez pas payer deux fois. N’achetez pas une seconde fois.',
		},
		checkingPayment: {
			title: 'En attente du paiement',
			detail:
				'L’opérateur de paiement n’a pas encore donné sa réponse définitive. Le jeton est créé dès qu’il la donne. Vous n’avez pas besoin de rester ici.',
		},
		issuing: {
			title: 'Payé. Le jeton est en préparation',
			detail: 'L’argent est là. Plus rien ne peut se perdre\u00a0; cela prend un instant.',
		},
		issuingSlow: {
			title: 'Payé. Le jeton prend plus de temps',
			detail:
				'L’argent est là, gardé pour cet achat, mais la machine qui crée les jetons ne répond pas. Elle est redemandée toute seule. Vous n’avez pas besoin de rester ici. N’achetez pas une seconde fois.',
		},
		issued: {
			title: 'Votre jeton',
			detail: 'Saisissez ces vingt chiffres sur le compteur.',
		},
		refused: {
			title: 'Aucun jeton n’a été créé',
			detail: 'Voici pourquoi, et ce que vous pouvez faire.',
		},
		withdrawn: {
			title: 'Vous avez annulé',
			detail: 'Rien n’a été payé et aucun jeton n’a été créé.',
		},
		replaced: {
			title: 'Continué sous un nouveau numéro',
			detail:
				'Vous avez regardé et accepté. Rien n’a été payé sous ce numéro\u00a0; l’achat continue sous le nouveau.',
		},
		deadLetter: {
			title: 'Cet achat est bloqué',
			detail:
				'Le service ne peut pas l’accepter tel quel. Le renvoyer ne servirait à rien\u00a0; il est donc gardé ici. Donnez le code ci-dessous à l’assistance.',
		},
	},
	stages: {
		stored: 'Enregistré sur cet appareil',
		confirm: 'Votre accord',
		payment: 'Paiement',
		making: 'Création du jeton',
		token: 'Jeton',
	},
	stage: (place, of, stage) => `Étape ${place} sur ${of}\u00a0: ${stage}`,
	lessNow: (before, now) => `On vous avait annoncé ${before}. C’est ${now} maintenant.`,
	noMoneyTaken: 'Aucun argent n’a été pris.',
	approve: 'Valider le paiement',
	approveAgain: 'Retour à la page de paiement',
	agree: (amount) => `Accepter et payer ${amount}`,
	decline: 'Ne pas acheter',
	tryNow: 'Réessayer',
	takeBack: 'Annuler la demande',
	buyAgain: 'Acheter à nouveau',
	toNew: 'Voir le nouvel achat',
	openVirtualMeter: 'Aller au compteur virtuel',
	notTakenBack: 'Il n’est plus possible d’annuler\u00a0: la demande est peut-être déjà au service.',
	facts: {
		title: 'Cet achat',
		asked: 'Demandé le',
		attempts: 'Essais sans réponse',
		amount: 'Montant',
		meter: 'Compteur',
		owner: 'Titulaire',
		phone: 'Jeton aussi envoyé au',
		code: 'Code d’aide',
		number: 'Numéro de l’achat',
	},
	missing: {
		title: 'Cet achat n’est pas sur cet appareil',
		detail:
			'Les achats sont gardés sur l’appareil où ils ont été faits. S’il a été fait ici, le navigateur a peut-être effacé ses données.',
	},
	list: {
		title: 'Achats',
		empty: {
			title: 'Pas encore d’achats',
			detail:
				'Chaque achat fait sur cet appareil reste ici, avec son jeton et son reçu, même sans réseau.',
			start: 'Recharger',
		},
		open: 'En cours',
		past: 'Terminés',
		tokens: (count) =>
			`${count} ${plural(count, { one: 'jeton arrivé', other: 'jetons arrivés' })}`,
	},
};
