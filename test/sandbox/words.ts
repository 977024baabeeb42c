/** What people call the things of a cloud account, within the lengths NCP allows. */

export const API_KEY_NAMES: readonly string[] = [
  "ml-training",
  "ci-deploy",
  "검색 서비스",
  "batch-inference",
  "image-tagging",
  "nsml-notebook",
  "모델 서빙",
  "speech-to-text",
  "data-pipeline",
  "staging",
  "추천 시스템",
  "webhook-relay",
  "ocr-worker",
  "load-test",
  "사내 대시보드",
  "translation-api",
  "backup-sync",
  "demo",
];

export const AREAS: readonly string[] = [
  "ml",
  "ci",
  "web",
  "data",
  "search",
  "speech",
  "vision",
  "edge",
  "batch",
  "billing",
];

export const ROLES: readonly string[] = [
  "training",
  "deploy",
  "serving",
  "gateway",
  "worker",
  "notebook",
  "staging",
  "sync",
  "monitor",
  "api",
];

export const DESCRIPTIONS: readonly string[] = [
  "",
  "",
  "Nightly training job",
  "야간 학습 작업에서 사용",
  "Deploys from the main branch",
  "사내 검색 서비스 연동",
  "임시 키, 분기 말에 정리 예정",
  "Owned by the platform team",
  "데이터팀 공용",
  "Load tests only: keep it disabled otherwise",
];

/** A name as it is written, and as it stands in a login ID. */
export interface PartOfName {
  readonly korean: string;
  readonly latin: string;
}

export const FAMILY_NAMES: readonly PartOfName[] = [
  { korean: "김", latin: "kim" },
  { korean: "이", latin: "lee" },
  { korean: "박", latin: "park" },
  { korean: "최", latin: "choi" },
  { korean: "정", latin: "jung" },
  { korean: "강", latin: "kang" },
  { korean: "윤", latin: "yoon" },
  { korean: "한", latin: "han" },
];

export const GIVEN_NAMES: readonly PartOfName[] = [
  { korean: "민지", latin: "minji" },
  { korean: "서준", latin: "seojun" },
  { korean: "지우", latin: "jiwoo" },
  { korean: "하은", latin: "haeun" },
  { korean: "도윤", latin: "doyun" },
  { korean: "수아", latin: "sua" },
  { korean: "현우", latin: "hyunwoo" },
  { korean: "예린", latin: "yerin" },
];

export const MEMOS: readonly string[] = [
  "",
  "플랫폼팀",
  "데이터팀",
  "Contractor until the end of the year",
  "모델 개발팀",
];

export const AUTH_KEY_TITLES: readonly string[] = [
  "minji-macbook",
  "ci-runner",
  "gpu-node-01",
  "jupyter-lab",
  "office-desktop",
  "training-cluster",
  "build-server",
  "seojun-laptop",
];
