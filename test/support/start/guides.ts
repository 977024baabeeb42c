/** What a visitor of `npm start` reads first. */
export const guides = {
  en: `# Ncloud Keys

This VS Code has the extension installed. The account, its keys and this home folder are made up, and
gone when \`npm start\` ends.

1. Open **Ncloud Keys** in the activity bar.
2. Choose **Import Account…** and pick the account of \`~/.ncloud/configure\`.
3. In the row **Needs an API key** choose one: NSML asks for it.
4. Browse. A key that is on this computer too says so.
5. Run **Ncloud Keys: Upload SSH Public Key…** and pick a key of \`~/.ssh\`.
6. Copy a key's ID: select it and press \`Ctrl+C\` (\`Cmd+C\`), or use the icon of its row.
`,
  ko: `# Ncloud Keys

이 VS Code에는 확장이 설치되어 있습니다. 계정과 키, 홈 폴더는 모두 가상이며 \`npm start\`를 끝내면 사라집니다.

1. 작업 막대에서 **Ncloud Keys**를 여세요.
2. **계정 가져오기…** 를 누르고 \`~/.ncloud/configure\`의 계정을 고르세요.
3. **API Key 필요** 행에서 API Key를 고르세요. NSML에 필요합니다.
4. 키를 둘러보세요. 이 컴퓨터에도 있는 키에는 표시가 있습니다.
5. 명령 팔레트에서 **SSH 공개 키 업로드…** 를 실행하고 \`~/.ssh\`의 키를 고르세요.
6. 키를 선택하고 \`Ctrl+C\`(\`Cmd+C\`)를 누르거나 행의 아이콘을 눌러 키 ID를 복사하세요.
`,
} as const;
