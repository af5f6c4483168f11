namespace Switchyard.ReferenceHost.Tests.Executors;

/// <summary>An executor as bash and curl make one. The name of its input file says what it is to do.</summary>
internal static class ExecutorScript
{
    // usage: executor.sh <folder for notes>, with INIT_TOKEN and INIT_JOB_URL in the environment.
    public const string Text = """
        set -u
        notes=$1
        member() { sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/" | sed 's/\\u0026/\&/g'; }
        begun=$(curl -sSf -H "Authorization: Bearer $INIT_TOKEN" "$INIT_JOB_URL") || exit 21
        token=$(echo "$begun" | member token)
        job=$(curl -sSf -H "Authorization: Bearer $token" "$(echo "$begun" | member jobUrl)") || exit 22
        report() { curl -sSf -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2" "$(echo "$job" | member "$1")" || exit 23; }
        mode=$(echo "$job" | sed -E 's/.*"INPUT_FILE__([a-z]+)\.csv".*/\1/')
        echo "$INIT_TOKEN" >> "$notes/$mode.init"
        echo "$INIT_JOB_URL" >> "$notes/$mode.url"
        echo "$job" > "$notes/$mode.job"
        echo "$token" >> "$notes/$mode.access"
        echo "run in mode $mode"
        case $mode in
          good)
            curl -sSf -o "$notes/input.csv" "$(echo "$job" | member INPUT_FILE)" || exit 24
            lines=$(wc -l < "$notes/input.csv")
            report status '{"action":"earthmover_run","status":"begin"}'
            curl -sSf -X PUT --data-binary "{\"lines\":$lines}" "$(echo "$job" | member em-results.json)" || exit 25
            report status '{"action":"earthmover_run","status":"success"}'
            report summary "{\"studentAssessments\":{\"records_processed\":$lines,\"records_skipped\":0,\"records_failed\":1}}"
            report status '{"action":"done","status":"success"}'
            ;;
          fail)
            echo "cannot go on" >&2
            exit 1
            ;;
          hang)
            sleep 3001 & echo $! >> "$notes/hang.pids"
            (trap '' TERM; sleep 3002) & echo $! >> "$notes/hang.pids"
            echo $$ >> "$notes/hang.pids"
            wait
            ;;
          leak)
            echo "init $INIT_TOKEN access $token"
            echo "job $job" >&2
            env
            report error '{"code":"earthmover_run","payload":{"stacktrace":"x"}}'
            report status '{"action":"done","status":"failure"}'
            ;;
          orphan)
            if [ "$(wc -l < "$notes/orphan.access")" -gt 1 ]; then
              report status '{"action":"done","status":"success"}'
            else
              sleep 3003 & echo $! >> "$notes/orphan.pids"
              echo $$ >> "$notes/orphan.pids"
              wait
            fi
            ;;
        esac
        """;
}
