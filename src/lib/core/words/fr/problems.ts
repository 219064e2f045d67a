/** In French: see `en/problems.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';
import { withStaffRefusals } from '../staff-refusals.ts';

const plural = pluralIn('fr');
const wait = (seconds: string | undefined): string =>
	seconds === undefined
		? 'une minute'
		: `${seconds} ${plural(seconds, { one: 'seconde', other: 'secondes' })}`;

export const problems: Words['problems'] = withStaffRefusals(
	{
		'body-not-json': {
			title: 'La demande n’a pas pu être lue',
			detail: () => 'La demande n’est pas du JSON. Rien n’a été enregistré.',
		},
		'body-too-large': {
			title: 'La demande est trop grande',
			detail: () =>
				'La demande est plus grande que ce que le service lit. Rien n’a été enregistré.',
		},
		'body-shape': {
			title: 'La demande est incomplète',
			detail: () =>
				'Il manque quelque chose dans la demande, ou ce n’est pas du bon type. Rien n’a été enregistré.',
		},
		'id-not-uuid': {
			title: 'La demande n’a pas d’identifiant valable',
			detail: () => 'L’identifiant doit être un UUID de version 7. Rien n’a été enregistré.',
		},
		'id-reused': {
			title: 'Cet identifiant est celui d’une autre demande',
			detail: () =>
				'Le même identifiant est déjà venu avec un autre contenu. La première demande reste\u00a0; celle-ci a été refusée.',
		},
		'not-found': { title: 'Introuvable', detail: () => 'Il n’y a rien à cette adresse.' },
		'method-not-allowed': {
			title: 'Impossible ici',
			detail: () => 'Cette adresse n’accepte pas ce type de demande.',
		},
		'too-many-requests': {
			title: 'Trop de demandes',
			detail: ({ seconds }) =>
				`Trop de demandes sont venues d’ici en peu de temps. Attendez ${wait(seconds)} et réessayez.`,
		},
		'meter-number-empty': {
			title: 'Pas de numéro de compteur',
			detail: () =>
				'Saisissez le numéro du compteur. Il est imprimé sur le compteur et a 11 ou 13 chiffres.',
		},
		'meter-number-not-digits': {
			title: 'Seulement des chiffres',
			detail: () =>
				'Un numéro de compteur n’a que des chiffres. Regardez le compteur et saisissez-le à nouveau.',
		},
		'meter-number-length': {
			title: 'Numéro de compteur incomplet',
			detail: () => 'Un numéro de compteur a 11 ou 13 chiffres. Comparez-le à celui du compteur.',
		},
		'meter-check-digit': {
			title: 'Un chiffre est faux',
			detail: () => 'Ces chiffres ne vont pas ensemble. Comparez-les un par un à ceux du compteur.',
		},
		'meter-unknown': {
			title: 'Compteur inconnu',
			detail: () =>
				'Cette compagnie n’a pas de compteur avec ce numéro. Vérifiez le numéro, ou appelez l’assistance.',
		},
		'meter-blocked': {
			title: 'Compteur bloqué',
			detail: () =>
				'La compagnie a bloqué les ventes pour ce compteur. Appelez l’assistance pour savoir pourquoi.',
		},
		'decoder-key-withheld': {
			title: 'Pas un compteur virtuel',
			detail: () => 'Les clés ne sont données que pour les compteurs du parc de test public.',
		},
		'amount-not-whole': {
			title: 'Pas un montant',
			detail: () => 'Le montant doit être un nombre entier de la plus petite pièce.',
		},
		'amount-not-positive': {
			title: 'Pas de montant',
			detail: () => 'Le montant doit être supérieur à zéro.',
		},
		'amount-below-minimum': {
			title: 'Montant trop petit',
			detail: ({ minimum }) =>
				`La plus petite vente est de ${minimum}. Choisissez un montant plus grand.`,
		},
		'amount-above-maximum': {
			title: 'Montant trop grand',
			detail: ({ maximum }) =>
				`La plus grande vente est de ${maximum}. Choisissez un montant plus petit.`,
		},
		'amount-buys-nothing': {
			title: 'Trop peu pour acheter de l’électricité',
			detail: () =>
				'Après les retenues, il ne reste pas de quoi acheter 0,1 kWh. Choisissez un montant plus grand.',
		},
		'currency-unknown': {
			title: 'Autre monnaie',
			detail: ({ currency }) => `Cette compagnie vend seulement en ${currency}.`,
		},
		'confirmation-needed': {
			title: 'Veuillez confirmer',
			detail: () =>
				'Cette demande a été faite sans réseau. Regardez à qui est le compteur et ce que l’argent achète, puis confirmez.',
		},
		'price-changed': {
			title: 'Le prix a changé',
			detail: () =>
				'L’argent achète moins que lorsque vous avez accepté\u00a0: aucun jeton n’a été créé.',
		},
		'payment-mismatch': {
			title: 'Le paiement ne correspond pas',
			detail: () =>
				'Le paiement est pour une autre vente ou un autre montant. Aucun jeton n’a été créé.',
		},
		'payment-failed': {
			title: 'Pas payé',
			detail: () =>
				'Le paiement a été refusé. Aucun argent n’a été pris et aucun jeton n’a été créé.',
		},
		'payment-no-funds': {
			title: 'Pas assez d’argent sur le compte',
			detail: () =>
				'L’opérateur de paiement a refusé\u00a0: le solde est trop petit. Aucun argent n’a été pris et aucun jeton n’a été créé.',
		},
		'payment-expired': {
			title: 'Pas payé à temps',
			detail: () =>
				'Le paiement n’a pas été validé à temps. Aucun argent n’a été pris et aucun jeton n’a été créé.',
		},
		'payment-taken-back': {
			title: 'Le paiement a été repris',
			detail: () =>
				'L’opérateur de paiement a repris le paiement. Aucun jeton n’a été créé et vous ne devez rien. Demandez à l’opérateur où est l’argent, ou achetez de nouveau.',
		},
		'vending-key-expired': {
			title: 'La clé de ce compteur a expiré',
			detail: () =>
				'La compagnie doit d’abord renouveler la clé de ce compteur. Appelez l’assistance.',
		},
		'vending-key-unknown': {
			title: 'Pas de clé pour ce compteur',
			detail: () =>
				'Ce service ne peut pas vendre pour le groupe de fourniture de ce compteur. Appelez l’assistance.',
		},
		'tid-exhausted': {
			title: 'Plus de numéro de jeton',
			detail: () =>
				'La période de la clé de ce compteur est épuisée. La compagnie doit d’abord changer la clé.',
		},
		'claim-code': {
			title: 'Le code de retrait est mal saisi',
			detail: () =>
				'Ce ne peut pas être un code de retrait\u00a0: un caractère est faux, manque ou est en trop. Comparez-le au reçu.',
		},
		'security-module-unavailable': {
			title: 'Les jetons ne peuvent pas être créés pour l’instant',
			detail: () =>
				'Le module de sécurité ne répond pas. Rien n’est perdu\u00a0; un nouvel essai est fait.',
		},
		'database-unavailable': {
			title: 'Les comptes ne sont pas accessibles pour l’instant',
			detail: () =>
				'La base de données ne répond pas. Rien n’est perdu\u00a0; un nouvel essai est fait.',
		},
		stopping: {
			title: 'Ce serveur va s’arrêter',
			detail: () =>
				'Il termine ce qu’il a commencé et ne prend rien de nouveau. Un autre répondra.',
		},
		'internal-error': {
			title: 'Un problème est survenu ici',
			detail: () =>
				'Le service a fait une erreur. Rien n’est perdu\u00a0; un nouvel essai est fait.',
		},
		'locked-out': {
			title: 'Bloqué pour un moment',
			detail: ({ seconds }) =>
				`Il y a eu trop d’essais faux. Attendez ${wait(seconds)} et réessayez.`,
		},
		'code-wrong': {
			title: 'Le code n’est pas bon',
			detail: () => 'Le code est faux, déjà utilisé ou trop ancien. Demandez-en un nouveau.',
		},
		'cross-site': {
			title: 'Pas demandé par cette application',
			detail: () =>
				'La demande est venue avec votre connexion, mais pas d’une page de cette application. Rien n’a été fait.',
		},
		'not-allowed': {
			title: 'Non permis',
			detail: () => 'Votre rôle ne le permet pas. Demandez au bureau.',
		},
		'reserve-sealed': {
			title: 'Ce jeton est scellé',
			detail: () =>
				'Il a été créé pour la réserve d’un appareil, qui l’ouvre à la vente. Il n’est montré nulle part ailleurs.',
		},
		'key-change-needed': {
			title: 'Le compteur a besoin d’une nouvelle clé',
			detail: () =>
				'Le compteur doit passer à une nouvelle clé avant une vente. Demandez ses jetons de changement de clé.',
		},
		'key-change-not-allowed': {
			title: 'Ce changement de clé n’est pas permis',
			detail: () => 'La norme ne permet pas ce changement de clé pour ce compteur.',
		},
		'vending-key-not-active': {
			title: 'La clé n’est pas encore active',
			detail: () =>
				'La clé de vente de ce groupe de fourniture n’est pas encore active. Prévenez la compagnie.',
		},
		'vending-key-issue-ended': {
			title: 'La clé a dépassé sa date',
			detail: () =>
				'Plus aucun jeton ne peut être créé sous la clé de vente de ce groupe de fourniture. Prévenez la compagnie.',
		},
		'vending-key-limit': {
			title: 'La limite de la clé est atteinte',
			detail: () =>
				'Le module de sécurité a donné tout ce que sa limite permet. Prévenez la compagnie.',
		},
		'vending-key-type': {
			title: 'Pas sous cette clé',
			detail: () => 'La clé de vente de ce compteur ne peut pas servir pour un jeton de ce type.',
		},
		'security-module-refused': {
			title: 'Le module de sécurité refuse',
			detail: () =>
				'Le module de sécurité a refusé de créer ce jeton. Rien n’a été créé. Appelez l’assistance.',
		},
		'token-unreadable': {
			title: 'Pas un jeton de ce compteur',
			detail: () => 'Ces chiffres ne sont pas un jeton pour ce compteur, ou ont été mal saisis.',
		},
		'vend-reversed': {
			title: 'Annulée',
			detail: () => 'Cette vente a été annulée avant que quiconque voie son jeton.',
		},
		'vend-not-issued': {
			title: 'Rien à imprimer',
			detail: () => 'Cette vente n’a pas de jeton\u00a0; il n’y a donc rien à réimprimer.',
		},
		'fbe-not-entitled': {
			title: 'Pas d’électricité gratuite ici',
			detail: () => 'Ce compteur n’a pas droit à l’électricité de base gratuite.',
		},
		'fbe-claimed': {
			title: 'Déjà prise ce mois-ci',
			detail: () =>
				'L’électricité gratuite de ce mois pour ce compteur a déjà été donnée. Seuls la personne qui l’a prise et le téléphone du compte voient les chiffres ; l’agence peut les réimprimer. Elle revient le 1er.',
		},
		'fbe-not-by-app': {
			title: 'Pas par cette appli',
			detail: () =>
				'Le distributeur donne l’électricité gratuite seulement à ses guichets et agences.',
		},
		'fbe-phone-needed': {
			title: 'Est-ce votre compteur ?',
			detail: () =>
				'Le distributeur donne l’électricité gratuite de ce compteur au téléphone du compte. Montrez par un code que ce téléphone est à vous.',
		},
		'refund-settled': {
			title: 'Déjà réglé',
			detail: () => 'Cet argent a déjà été rendu ou utilisé. Il n’est jamais rendu deux fois.',
		},
		'meter-busy': {
			title: 'Une vente est en cours',
			detail: () => 'Une vente pour ce compteur est en préparation. Réessayez dans un instant.',
		},
		'phone-number': {
			title: 'Pas un numéro de téléphone',
			detail: () => 'Un numéro de téléphone commence par + et le pays, puis a jusqu’à 14 chiffres.',
		},
		'provider-unavailable': {
			title: 'L’opérateur de paiement ne répond pas',
			detail: () =>
				'L’opérateur de paiement ne répond pas. Rien n’est perdu\u00a0; demandez à nouveau dans un instant.',
		},
		'database-older': {
			title: 'Pas de vente',
			detail: () =>
				'La base de données est une copie plus ancienne que celle avec laquelle ce serveur a travaillé. Rien n’est vendu avant qu’un responsable l’ait vérifiée.',
		},
	},
	{
		title: 'Le service a refusé',
		detail: () =>
			'Cela ne peut pas se faire tel quel. Appelez l’assistance et donnez le code affiché.',
	},
);
