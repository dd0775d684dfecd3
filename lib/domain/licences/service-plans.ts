/** Display names of service plans. Graph gives only an id and a raw name such as `EXCHANGE_S_STANDARD`. */

/** Ids of the service plans that we name ourselves, by their raw names. */
export const PLAN_IDS = {
  EXCHANGE_S_STANDARD: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  EXCHANGE_S_ENTERPRISE: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
  EXCHANGE_S_DESKLESS: '4a82b400-a79f-41a4-b4e2-e94f5787b113',
  EXCHANGE_S_FOUNDATION: '113feb6c-3fe4-4440-bddc-54d774bf0318',
  SHAREPOINTENTERPRISE: '5dbe027f-2339-4123-9542-606e4d348a72',
  SHAREPOINTDESKLESS: '902b47e5-dcb2-4fdc-858b-c63a90a2bdb9',
  OFFICESUBSCRIPTION: '43de0ff5-c92c-492b-9116-175376d08c38',
  TEAMS1: '57ff2da0-773e-42df-b2af-ffb7a2317929',
  FLOW_P2_VIRAL: '50e68c76-46c6-4674-81f9-75456511b170',
} as const;

/**
 * The plans that include a mailbox, by id: raw names differ between clouds and get renamed, ids do not. These are the ten EXCHANGE_S_*,
 * _B_*, _L_* plans of Microsoft's product table. FOUNDATION, ANALYTICS, ARCHIVE_ADDON and MULTIGEO also carry the service name
 * "exchange" but include none, so the name is no criterion.
 */
const MAILBOX_PLANS: Record<string, string> = {
  [PLAN_IDS.EXCHANGE_S_STANDARD]: 'Exchange Online (Plan 1)',
  [PLAN_IDS.EXCHANGE_S_ENTERPRISE]: 'Exchange Online (Plan 2)',
  [PLAN_IDS.EXCHANGE_S_DESKLESS]: 'Exchange Online Kiosk',
  '1126bef5-da20-4f07-b45e-ad25d2581aa8': 'Exchange Online Essentials',
  'fc52cc4b-ed7d-472d-bbe7-b081c23ecc56': 'Exchange Online (Plan 1), midsize business',
  'd42bdbd6-c335-4231-ab3d-c8f348d5aff5': 'Exchange Online (P1)',
  '90927877-dcff-4af6-b346-2332c0b15bb7': 'Exchange Online POP',
  '8c3069c0-ccdb-44be-ab77-986203a67df2': 'Exchange Online (Plan 2) for Government',
  'e9b4930a-925f-45e2-ac2a-3f7788ca6fdd': 'Exchange Online (Plan 1) for Government',
  '88f4d7ef-a73b-4246-8047-516022144c9f': 'Exchange Online Kiosk for Government',
};

/** The other plans of the common licences. */
const OTHER_PLANS: Record<string, string> = {
  [PLAN_IDS.EXCHANGE_S_FOUNDATION]: 'Exchange Foundation',
  '176a09a6-7ec5-4039-ac02-b2791c6ba793': 'Exchange Online Archiving',
  '34c0d7a0-a70f-4668-9238-47f9fc208882': 'Viva Insights from Exchange',
  [PLAN_IDS.TEAMS1]: 'Microsoft Teams',
  [PLAN_IDS.SHAREPOINTENTERPRISE]: 'SharePoint (Plan 2)',
  'c7699d2e-19aa-44de-8edf-1736da088ca1': 'SharePoint (Plan 1)',
  [PLAN_IDS.SHAREPOINTDESKLESS]: 'SharePoint Kiosk',
  [PLAN_IDS.OFFICESUBSCRIPTION]: 'Microsoft 365 Apps for enterprise',
  '094e7854-93fc-4d55-b2c0-3ab5369ebdc1': 'Microsoft 365 Apps for business',
  'e95bec33-7c88-4a70-8e19-b10bd9d0c014': 'Office for the web',
  '0feaeb32-d00e-4d66-bd5a-43b5b83db82c': 'Skype for Business Online (Plan 2)',
  '3e26ee1f-8a5f-4d52-aee2-b81ce45c8f40': 'Audio Conferencing',
  '4828c8ec-dc2e-4779-b502-87ac9ce28ab7': 'Microsoft 365 Phone System',
  '7547a3fe-08ee-4ccb-b430-5077c5041653': 'Viva Engage (Yammer)',
  'a82fbf69-b4d7-49f4-83a6-915b2cf354f4': 'Viva Engage Core',
  'b76fb638-6ba6-402a-b9f9-83d28acb3d86': 'Viva Learning',
  'b737dad2-2f6c-4c65-90e3-ca563267e8b9': 'Microsoft Planner',
  'c87f142c-d1e9-4363-8630-aaea9c4d9ae5': 'To Do (Plan 2)',
  '2789c901-c14e-48ab-a76a-be334d9d793a': 'Microsoft Forms (Plan E3)',
  '9e700747-8b1d-45e5-ab8d-ef187ceec156': 'Microsoft Stream',
  'a23b959c-7ce8-4e57-9140-b90eb88a9e97': 'Sway',
  '94a54592-cd8b-425e-87c6-97868b000b91': 'Whiteboard (Plan 2)',
  'c4b8c31a-fb44-4c65-9837-a21f55fcabda': 'Microsoft Loop',
  'a1ace008-72f3-4ea0-8dac-33b3a23a2472': 'Microsoft Clipchamp',
  '199a5c09-e0ca-4e37-8f7c-b05d533e1ea2': 'Microsoft Bookings',
  '94065c59-bc8e-4e8b-89e5-5138d471eaff': 'Microsoft Search',
  '8c7d2df8-86f0-4902-b2ed-a0458298f3b3': 'Shifts (StaffHub)',
  'dcf9d2f4-772e-4434-b757-77a453cfbc02': 'Avatars for Teams',
  '76846ad7-7776-4c40-a281-a386362dd1b9': 'Power Automate for Office 365',
  [PLAN_IDS.FLOW_P2_VIRAL]: 'Power Automate Free',
  'c68f8d98-5534-41c8-bf36-22fa496fa792': 'Power Apps for Office 365',
  '041fe683-03e4-45b6-b1af-c0cdc516daee': 'Copilot Studio for Office 365',
  '4ff01e01-1ba7-4d71-8cf8-ce96c3bbcf14': 'Dataverse (Common Data Service)',
  '70d33638-9c74-4d01-bfd3-562de28bd4ba': 'Power BI Pro',
  '31b4e2fc-4cd6-4e7d-9c1b-41407303bd66': 'Project for Office (Plan E3)',
  'c1ec4a95-1f05-45b3-a911-aa3fa01094f5': 'Microsoft Intune (Plan 1)',
  '882e1d05-acd1-4ccb-8708-6ee03664b117': 'Mobile device management',
  '41781fb2-bc02-4b7c-bd55-b576c07bb09d': 'Entra ID P1',
  'eec0eb4f-6444-4f95-aba0-50c24d67f998': 'Entra ID P2',
  '8a256a2b-b617-496d-b51b-e76466e88db0': 'Multi-factor authentication',
  'bea4c11e-220a-4e6d-8eb8-8ea15d019f90': 'Azure Rights Management',
  '6c57d4b6-3b23-47a5-9bc9-69f17b4947b3': 'Information Protection P1',
  '5136a095-5cf0-4aff-bec3-e84448b38ea5': 'Information Protection, standard',
  '9f431833-0334-42de-a7dc-70aa40db46db': 'Customer Lockbox',
  'f20fedf3-f3c3-43c3-8267-2bfdd51c0939': 'Defender for Office 365 (Plan 1)',
  '8e0c0a52-6a6c-4d40-8370-dd62790dcd70': 'Defender for Office 365 (Plan 2)',
  '292cc034-7b7c-4950-aaf5-943befd3f1d4': 'Defender for Endpoint (Plan 1)',
  '871d91ec-ec1a-452b-a83f-bd76c7d770ef': 'Defender for Endpoint (Plan 2)',
  '932ad362-64a8-4783-9106-97849a1a30b9': 'Defender for Cloud Apps Discovery',
  '33c4f319-9bdd-48d6-9c4d-410b750a4a5a': 'Insights by MyAnalytics',
  '21b439ba-a0ca-424f-a6cc-52f954a5b111': 'Windows Enterprise',
  '7bf960f6-2cd9-443a-8046-5dbff9558365': 'Windows Update for Business',
  '9a6eeb79-0b4b-4bf0-9808-39d99a2cd5a3': 'Windows Autopatch',
  '795f6fe0-cc4d-4773-b050-5dde4dc704c9': 'Universal Print',
};

export const MAILBOX_PLAN_IDS: ReadonlySet<string> = new Set(Object.keys(MAILBOX_PLANS));

/** The display name of a service plan; null where it is not known. `id` in lower case, as Graph gives it. */
export function knownPlanName(id: string): string | null {
  return MAILBOX_PLANS[id] ?? OTHER_PLANS[id] ?? null;
}

/** A service plan for use in a sentence: `Exchange Online (Plan 1) [EXCHANGE_S_STANDARD]`, or the raw name alone. */
export function servicePlanText({
  servicePlanId,
  servicePlanName,
}: {
  servicePlanId: string;
  servicePlanName: string;
}) {
  const known = knownPlanName(servicePlanId);
  return known === null ? servicePlanName : `${known} [${servicePlanName}]`;
}
